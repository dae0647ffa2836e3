import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Notice } from '../../src/notices/notice.ts'
import { everyStore } from './stores.ts'

const noon = Date.UTC(2026, 10, 24, 12)
const hold = { nowMs: noon, holdMs: noon + 600_000 }

let counted = 0
function aNotice(changes: Partial<Notice> = {}): Notice {
  counted += 1
  return {
    id: `welcome:at_${counted}`,
    kind: 'welcome',
    subscription: `sub_${counted}`,
    attempt: `at_${counted}`,
    dueMs: noon,
    ...changes,
  }
}

for (const { name, stores } of everyStore()) {
  describe(`the notice store on ${name}`, () => {
    const notices = () => stores().notices
    const nameOf = ({ subscription, id }: Notice) => ({ subscription, id })

    async function planned(changes: Partial<Notice> = {}): Promise<Notice> {
      const notice = aNotice(changes)
      await notices().planNotices([notice])
      return notice
    }

    async function isDue(notice: Notice, nowMs: number): Promise<boolean> {
      const due = await notices().dueNotices(nowMs, 1000)
      return due.some(({ id, subscription }) => id === notice.id && subscription === notice.subscription)
    }

    it('says who is to be written to when it is time, and not before', async () => {
      const notice = await planned()
      assert.equal(await isDue(notice, noon - 1), false)
      assert.equal(await isDue(notice, noon), true)
    })

    it('gives the longest overdue first, and no more than asked for', async () => {
      const late = await planned({ dueMs: 2 })
      const later = await planned({ dueMs: 1 })
      assert.deepEqual(await notices().dueNotices(noon, 2), [nameOf(later), nameOf(late)])
    })

    it('gives a notice to one process, however many ask at once', async () => {
      const notice = await planned()
      const taken = await Promise.all([1, 2, 3, 4].map(() => notices().takeNotice(nameOf(notice), hold)))
      assert.deepEqual(
        taken.filter((each) => each !== null).map(({ id, kind, tries }) => ({ id, kind, tries })),
        [{ id: notice.id, kind: 'welcome', tries: 0 }],
      )
      assert.equal(await isDue(notice, hold.holdMs - 1), false)
    })

    it('gives it again when the process that had it is not heard of', async () => {
      const notice = await planned()
      await notices().takeNotice(nameOf(notice), hold)
      assert.equal(await isDue(notice, hold.holdMs), true)
      const again = { nowMs: hold.holdMs, holdMs: hold.holdMs + 1 }
      assert.equal((await notices().takeNotice(nameOf(notice), again))?.id, notice.id)
    })

    it('counts how often it failed, and not how often it waited', async () => {
      const notice = await planned()
      for (const failed of [true, false, true]) {
        await notices().takeNotice(nameOf(notice), hold)
        await notices().putOffNotice(nameOf(notice), { dueMs: noon, failed })
      }
      assert.equal((await notices().takeNotice(nameOf(notice), hold))?.tries, 2)
    })

    it('writes about an occasion once, however often it is noted', async () => {
      const notice = await planned()
      await notices().takeNotice(nameOf(notice), hold)
      await notices().planNotices([notice])
      assert.equal(await notices().takeNotice(nameOf(notice), hold), null)
      const sent = { outcome: 'sent', atMs: noon, tries: 0 } as const
      await notices().endNotice(nameOf(notice), sent)
      await notices().planNotices([notice, { ...notice, dueMs: noon + 1 }])
      assert.equal(await isDue(notice, hold.holdMs), false)
      const much = { nowMs: hold.holdMs, holdMs: hold.holdMs + 1 }
      assert.equal(await notices().takeNotice(nameOf(notice), much), null)
      assert.deepEqual(await notices().noticesOf(notice.subscription), [{ ...notice, tries: 0, ended: sent }])
    })

    it('keeps a log of what was and will be written about a subscription', async () => {
      const sent = await planned()
      const waiting = await planned({ subscription: sent.subscription, kind: 'yearly', dueMs: noon + 5 })
      const outcome = { outcome: 'given_up', atMs: noon, tries: 8 } as const
      await notices().endNotice(nameOf(sent), outcome)
      const log = await notices().noticesOf(sent.subscription)
      assert.deepEqual(
        log.toSorted((a, b) => a.dueMs - b.dueMs),
        [
          { ...sent, tries: 8, ended: outcome },
          { ...waiting, tries: 0, ended: null },
        ],
      )
    })

    it('forgets a subscription, and writes nothing any more', async () => {
      const notice = await planned()
      await notices().forgetNotices(notice.subscription)
      assert.deepEqual(await notices().noticesOf(notice.subscription), [])
      assert.equal(await notices().takeNotice(nameOf(notice), hold), null)
      assert.equal(await isDue(notice, noon), false)
    })

    it('counts each time a subscription is set to end, and not each time that is heard', async () => {
      const { subscription } = aNotice()
      const heard = (isEnding: boolean, ticket: number) =>
        notices().countEndings({ subscription, isEnding, ticket })
      assert.equal(await heard(false, 1), 0)
      assert.equal(await heard(true, 2), 1)
      assert.equal(await heard(true, 3), 1)
      assert.equal(await heard(false, 4), 1)
      assert.equal(await heard(true, 5), 2)
    })

    it('takes no older word of how a subscription stands', async () => {
      const { subscription } = aNotice()
      const heard = (isEnding: boolean, ticket: number) =>
        notices().countEndings({ subscription, isEnding, ticket })
      await heard(true, 7)
      assert.equal(await heard(false, 6), 1)
      assert.equal(await heard(true, 8), 1)
    })
  })
}
