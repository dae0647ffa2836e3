import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { MeterStore } from '../../src/metering/meter-store.ts'
import {
  articleFingerprint,
  type Commit,
  leastRetainSeconds,
  type MeterBounds,
  meterFingerprint,
} from '../../src/metering/views.ts'
import { anAccess, anAccessWrite } from '../subscriptions/examples.ts'
import { everyStore } from './stores.ts'

const january = Date.UTC(2027, 0, 1) / 1000
const february = Date.UTC(2027, 1, 1) / 1000
const march = Date.UTC(2027, 2, 1) / 1000
const day = 86_400

let readers = 0
function aReader(): string {
  readers += 1
  return `demo:reader-${readers}`
}

function bounds(changes: Partial<MeterBounds> = {}): MeterBounds {
  const meter = meterFingerprint('default')
  return { meter, limit: 3, fromSeconds: january, untilSeconds: february, ...changes }
}

/** A commit to one meter, with what a test is not about filled in. */
function view(
  article: string,
  { atSeconds = january + day, ...changes }: Partial<MeterBounds & Commit> = {},
): Commit {
  const { meters, nudges, ...meter } = changes
  return {
    article: articleFingerprint(article),
    atSeconds,
    retainSeconds: leastRetainSeconds,
    meters: meters ?? [bounds(meter)],
    nudges: nudges ?? [],
  }
}

async function outcomes(store: MeterStore, reader: string, commits: readonly Commit[]): Promise<string[]> {
  const all: string[] = []
  for (const commit of commits) all.push((await store.recordView(reader, commit)).judgement.outcome)
  return all
}

for (const { name, stores } of everyStore()) {
  describe(`the meter store on ${name}`, () => {
    it('counts an article once however often it is reopened', async () => {
      const reader = aReader()
      const thrice = [view('a'), view('a'), view('a')]
      assert.deepEqual(await outcomes(stores().meter, reader, thrice), ['counted', 'reread', 'reread'])
      assert.equal((await stores().meter.readerFacts(reader)).views.length, 1)
    })

    it('opens as many articles as the limit says, and refuses the next without counting it', async () => {
      const reader = aReader()
      const articles = ['a', 'b', 'c', 'd', 'd'].map((article) => view(article))
      assert.deepEqual(await outcomes(stores().meter, reader, articles), [
        'counted',
        'counted',
        'counted',
        'stopped',
        'stopped',
      ])
      assert.equal((await stores().meter.readerFacts(reader)).views.length, 3)
    })

    it('keeps counted articles open past the limit', async () => {
      const reader = aReader()
      await outcomes(stores().meter, reader, [view('a'), view('b'), view('c'), view('d')])
      assert.deepEqual(await outcomes(stores().meter, reader, [view('b', { limit: 1 })]), ['reread'])
    })

    it('answers with what has been read, the new view included', async () => {
      const { judgement, views, access } = await stores().meter.recordView(aReader(), view('a'))
      assert.deepEqual(judgement, { outcome: 'counted', meter: 0, nudge: null })
      assert.deepEqual(views, [
        { article: articleFingerprint('a'), meter: meterFingerprint('default'), atSeconds: january + day },
      ])
      assert.equal(access, null)
    })

    it('writes nothing when it is only asked', async () => {
      const reader = aReader()
      assert.deepEqual(await stores().meter.readerFacts(reader), { views: [], access: null })
      assert.deepEqual(await stores().meter.readerFacts(reader), { views: [], access: null })
    })

    it('starts anew in the next window', async () => {
      const reader = aReader()
      const inFebruary = { atSeconds: february, fromSeconds: february, untilSeconds: march, limit: 1 }
      assert.deepEqual(
        await outcomes(stores().meter, reader, [
          view('a', { atSeconds: february - 1, limit: 1 }),
          view('a', inFebruary),
          view('b', inFebruary),
        ]),
        ['counted', 'counted', 'stopped'],
      )
    })

    it('keeps meters apart', async () => {
      const reader = aReader()
      const sports = { meter: meterFingerprint('sports'), limit: 1 }
      assert.deepEqual(
        await outcomes(stores().meter, reader, [
          view('s1', sports),
          view('s2', sports),
          view('n1', { limit: 1 }),
          view('n2', { limit: 1 }),
        ]),
        ['counted', 'stopped', 'counted', 'stopped'],
      )
    })

    it('keeps readers apart', async () => {
      await stores().meter.recordView(aReader(), view('a'))
      assert.equal((await stores().meter.readerFacts(aReader())).views.length, 0)
    })

    it('uses up an allowance before the meter, and a re-read of either costs nothing', async () => {
      const reader = aReader()
      const allowance = bounds({ meter: meterFingerprint('allowance:search'), limit: 1 })
      const fromSearch = (article: string) => view(article, { meters: [allowance, bounds({ limit: 1 })] })
      const taken: unknown[] = []
      for (const article of ['a', 'b', 'a', 'b', 'c']) {
        taken.push((await stores().meter.recordView(reader, fromSearch(article))).judgement)
      }
      assert.deepEqual(taken, [
        { outcome: 'counted', meter: 0, nudge: null },
        { outcome: 'counted', meter: 1, nudge: null },
        { outcome: 'reread' },
        { outcome: 'reread' },
        { outcome: 'stopped' },
      ])
    })

    it('shows a nudge at its view only, and no more often than its cap', async () => {
      const reader = aReader()
      const nudge = {
        nudge: meterFingerprint('nudge:third'),
        fromView: 2,
        toView: 4,
        times: 2,
        fromSeconds: january,
      }
      const shown: unknown[] = []
      for (const article of ['a', 'b', 'b', 'c', 'd', 'e']) {
        const { judgement } = await stores().meter.recordView(
          reader,
          view(article, { limit: 9, nudges: [nudge] }),
        )
        shown.push(judgement.outcome === 'counted' ? judgement.nudge : judgement.outcome)
      }
      assert.deepEqual(shown, [null, 0, 'reread', 0, null, null])
    })

    it('shows a nudge again when its days are over, and counts no article for it', async () => {
      const reader = aReader()
      const nudge = {
        nudge: meterFingerprint('nudge:first'),
        fromView: 1,
        toView: 9,
        times: 1,
        fromSeconds: january,
      }
      await stores().meter.recordView(reader, view('a', { limit: 2, nudges: [nudge] }))
      const later = { ...nudge, fromSeconds: january + 2 * day }
      const { judgement } = await stores().meter.recordView(
        reader,
        view('b', { limit: 2, atSeconds: january + 5 * day, nudges: [later] }),
      )
      assert.deepEqual(judgement, { outcome: 'counted', meter: 0, nudge: 0 })
      assert.deepEqual(await outcomes(stores().meter, reader, [view('c', { limit: 2 })]), ['stopped'])
    })

    it('prunes facts that no window can ask for any more', async () => {
      const reader = aReader()
      await outcomes(stores().meter, reader, [
        view('old'),
        view('new', { atSeconds: january + 40 * day, fromSeconds: february, untilSeconds: march }),
      ])
      const { views } = await stores().meter.readerFacts(reader)
      assert.deepEqual(
        views.map(({ article }) => article),
        [articleFingerprint('new')],
      )
    })

    it('keeps the earliest reading when a log is imported out of order', async () => {
      const reader = aReader()
      await outcomes(stores().meter, reader, [
        view('a', { atSeconds: january + 9 * day }),
        view('a', { atSeconds: january + 3 * day }),
        view('a', { atSeconds: january + 5 * day }),
      ])
      const { views } = await stores().meter.readerFacts(reader)
      assert.deepEqual(
        views.map(({ atSeconds }) => atSeconds),
        [january + 3 * day],
      )
    })

    it('counts nothing for a subscriber, and counts again when the access has ended', async () => {
      const reader = aReader()
      const untilMs = (january + 2 * day) * 1000
      const access = anAccess({ untilMs })
      await stores().subscriptions.saveAccess(anAccessWrite({ reader, subscription: 'sub_1', access }))
      const during = await stores().meter.recordView(reader, view('a'))
      assert.deepEqual(during, {
        judgement: { outcome: 'subscribed' },
        views: [],
        access: { standing: 'subscriber', untilMs },
      })
      const after = await stores().meter.recordView(reader, view('a', { atSeconds: january + 2 * day }))
      assert.equal(after.judgement.outcome, 'counted')
    })

    it('lets exactly one of fifty articles opened at once pass a limit of one', async () => {
      const reader = aReader()
      const all = await Promise.all(
        Array.from({ length: 50 }, (_, article) =>
          stores().meter.recordView(reader, view(`article ${article}`, { limit: 1 })),
        ),
      )
      assert.equal(all.filter(({ judgement }) => judgement.outcome === 'counted').length, 1)
      assert.equal(all.filter(({ judgement }) => judgement.outcome === 'stopped').length, 49)
    })

    it('merges two readers: each article once, read when it was first read, however often it is repeated', async () => {
      const [from, into] = [aReader(), aReader()]
      await outcomes(stores().meter, from, [
        view('a', { atSeconds: january + 1 }),
        view('b', { atSeconds: january + 2 }),
      ])
      await outcomes(stores().meter, into, [
        view('b', { atSeconds: january + 3 }),
        view('c', { atSeconds: january + 4 }),
      ])
      const merge = { from, into, sinceSeconds: 0, meters: [bounds()], retainSeconds: leastRetainSeconds }
      for (const _twice of [1, 2]) {
        await stores().meter.mergeReaders(merge)
        const { views } = await stores().meter.readerFacts(into)
        assert.deepEqual(
          views.map(({ article, atSeconds }) => [article, atSeconds - january]).toSorted(byTime),
          [
            [articleFingerprint('a'), 1],
            [articleFingerprint('b'), 2],
            [articleFingerprint('c'), 4],
          ],
        )
      }
    })

    it('merges only what was read since an instant: the rest is somebody else’s already', async () => {
      const [from, into] = [aReader(), aReader()]
      await outcomes(stores().meter, from, [
        view('a', { atSeconds: january + 1 }),
        view('b', { atSeconds: january + 2 }),
      ])
      const meters = [bounds()]
      const merge = { from, into, sinceSeconds: january + 2, meters, retainSeconds: leastRetainSeconds }
      await stores().meter.mergeReaders(merge)
      const { views } = await stores().meter.readerFacts(into)
      assert.deepEqual(
        views.map(({ article }) => article),
        [articleFingerprint('b')],
      )
    })

    it('forgets what a reader has read, and may be told so twice', async () => {
      const [gone, other] = [aReader(), aReader()]
      await outcomes(stores().meter, gone, [view('a', { atSeconds: january + 1 })])
      await outcomes(stores().meter, other, [view('a', { atSeconds: january + 1 })])
      await stores().meter.forgetReader(gone)
      await stores().meter.forgetReader(gone)
      assert.deepEqual((await stores().meter.readerFacts(gone)).views, [])
      assert.equal((await stores().meter.readerFacts(other)).views.length, 1)
    })

    it('merges a reader who has read nothing into nothing', async () => {
      const into = aReader()
      await stores().meter.mergeReaders({
        from: aReader(),
        into,
        sinceSeconds: 0,
        meters: [],
        retainSeconds: leastRetainSeconds,
      })
      assert.deepEqual((await stores().meter.readerFacts(into)).views, [])
    })
  })
}

function byTime([, one = 0]: number[], [, other = 0]: number[]): number {
  return one - other
}
