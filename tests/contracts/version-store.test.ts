import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { auditNote } from '../../src/publishing/audit.ts'
import type { Version } from '../../src/publishing/version-store.ts'
import { ann, draftOf } from '../publishing/examples.ts'
import { everyStore } from './stores.ts'

function version(number: number, why: string): Version {
  return {
    number,
    source: null,
    configuration: { sites: [] },
    publishedAtMs: 1_000 * number,
    archive: [],
    by: ann,
    why,
    draft: null,
    approvedBy: null,
    restores: null,
  }
}

const note = (number: number) => auditNote({ atMs: 1, by: ann, action: 'published', version: number })
const published = (number: number, why: string) => ({
  version: version(number, why),
  draft: null,
  note: note(number),
})

for (const { name, stores } of everyStore()) {
  describe(`the version store on ${name}`, () => {
    it('remembers the first start for ever', async () => {
      assert.equal(await stores().versions.firstStart(1_000), 1_000)
      assert.equal(await stores().versions.firstStart(2_000), 1_000)
    })

    it('only ever adds versions, and gives a number away once', async () => {
      const { versions } = stores()
      assert.equal(await versions.latestNumber(), 0)
      assert.equal(await versions.version(1), null)
      assert.equal(await versions.publish(published(1, 'one')), 'published')
      assert.equal(await versions.publish(published(2, 'two')), 'published')
      assert.equal(await versions.publish(published(2, 'another two')), 'number_taken')
      assert.equal(await versions.publish(published(4, 'a gap')), 'number_taken')
      assert.equal(await versions.latestNumber(), 2)
      assert.deepEqual(await versions.version(2), version(2, 'two'))
    })

    it('tells the newest versions first, page by page', async () => {
      const { versions } = stores()
      for (const number of [3, 4, 5]) await versions.publish(published(number, 'more'))
      const numbers = async (before: number) =>
        (await versions.versions({ before, limit: 2 })).map(({ number }) => number)
      assert.deepEqual(await numbers(Number.MAX_SAFE_INTEGER), [5, 4])
      assert.deepEqual(await numbers(4), [3, 2])
      assert.deepEqual(await numbers(1), [])
    })
  })

  describe(`the draft store on ${name}`, () => {
    const begun = auditNote({ atMs: 1, by: ann, action: 'draft_begun' })
    const save = (draft: ReturnType<typeof draftOf>, revision: number) =>
      stores().drafts.saveDraft({ draft, revision, note: begun })

    it('lets one of two who change the same draft at once win, and writes nothing of the other', async () => {
      const draft = draftOf({ id: 'contested' })
      assert.equal(await save(draft, 0), true)
      assert.equal(await save(draft, 0), false)
      const before = (await stores().drafts.audit({ before: Number.MAX_SAFE_INTEGER, limit: 1 }))[0]?.number
      const outcomes = await Promise.all([
        save({ ...draft, title: 'mine', revision: 2 }, 1),
        save({ ...draft, title: 'theirs', revision: 2 }, 1),
      ])
      assert.deepEqual(outcomes.toSorted(), [false, true])
      const after = (await stores().drafts.audit({ before: Number.MAX_SAFE_INTEGER, limit: 1 }))[0]?.number
      assert.equal(after, (before ?? 0) + 1)
    })

    it('lists what is being written, and finds what is done with by its id only', async () => {
      const draft = draftOf({ id: 'dropped' })
      await save(draft, 0)
      await save({ ...draft, status: 'discarded', revision: 2 }, 1)
      assert.equal((await stores().drafts.draft('dropped'))?.status, 'discarded')
      const open = await stores().drafts.openDrafts()
      assert.deepEqual(
        open.map(({ id }) => id),
        ['contested'],
      )
      assert.equal(await save({ ...draft, revision: 3 }, 2), false)
      assert.equal(await save({ ...draft, revision: 1 }, 0), false)
      assert.equal(await stores().drafts.draft('never written'), null)
    })

    it('publishes a draft once, whoever tries at the same time', async () => {
      const { drafts, versions } = stores()
      const draft = draftOf({ id: 'due' })
      await save(draft, 0)
      const number = (await versions.latestNumber()) + 1
      const settled = { ...draft, status: 'published' as const, version: number, revision: 2 }
      const publication = { ...published(number, 'due'), draft: { settled, revision: 1 } }
      const outcomes = await Promise.all([1, 2, 3].map(() => versions.publish(publication)))
      assert.deepEqual(outcomes.toSorted(), ['number_taken', 'number_taken', 'published'])
      assert.equal((await drafts.draft('due'))?.version, number)
      const next = { ...publication, version: version(number + 1, 'again') }
      assert.equal(await versions.publish(next), 'draft_changed')
      assert.equal(await versions.latestNumber(), number)
    })

    it('keeps every note in the order of what was done', async () => {
      const notes = await stores().drafts.audit({ before: Number.MAX_SAFE_INTEGER, limit: 3 })
      const [newest] = notes
      assert.equal(newest?.action, 'published')
      assert.deepEqual(
        notes.map(({ number }) => number),
        [0, 1, 2].map((back) => (newest?.number ?? 0) - back),
      )
      assert.deepEqual(await stores().drafts.audit({ before: 1, limit: 3 }), [])
    })
  })
}
