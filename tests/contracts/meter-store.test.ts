import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { MeterStore } from '../../src/metering/meter-store.ts'
import { articleFingerprint, meterFingerprint, type ViewToRecord } from '../../src/metering/views.ts'
import { anAccess } from '../subscriptions/examples.ts'
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

function view(article: string, changes: Partial<ViewToRecord> = {}): ViewToRecord {
  return {
    article: articleFingerprint(article),
    meter: meterFingerprint('default'),
    limit: 3,
    atSeconds: january + day,
    fromSeconds: january,
    untilSeconds: february,
    ...changes,
  }
}

async function outcomes(
  store: MeterStore,
  reader: string,
  views: readonly ViewToRecord[],
): Promise<string[]> {
  const all: string[] = []
  for (const next of views) all.push((await store.recordView(reader, next)).outcome)
  return all
}

for (const { name, stores } of everyStore()) {
  describe(`the meter store on ${name}`, () => {
    it('counts an article once however often it is reopened', async () => {
      const reader = aReader()
      assert.deepEqual(await outcomes(stores().meter, reader, [view('a'), view('a'), view('a')]), [
        'counted',
        'reread',
        'reread',
      ])
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
      const { views, access } = await stores().meter.recordView(aReader(), view('a'))
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
      const inFebruary = { atSeconds: february, fromSeconds: february, untilSeconds: march }
      assert.deepEqual(
        await outcomes(stores().meter, reader, [
          view('a', { atSeconds: february - 1, limit: 1 }),
          view('a', { ...inFebruary, limit: 1 }),
          view('b', { ...inFebruary, limit: 1 }),
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
      await stores().subscriptions.saveAccess({
        reader,
        subscription: 'sub_1',
        access: anAccess({ untilMs: (january + 2 * day) * 1000 }),
        ticket: 1,
      })
      const during = await stores().meter.recordView(reader, view('a'))
      assert.deepEqual(during, {
        outcome: 'subscribed',
        views: [],
        access: { standing: 'subscriber', untilMs: (january + 2 * day) * 1000 },
      })
      const after = await stores().meter.recordView(reader, view('a', { atSeconds: january + 2 * day }))
      assert.equal(after.outcome, 'counted')
    })

    it('lets exactly one of fifty articles opened at once pass a limit of one', async () => {
      const reader = aReader()
      const all = await Promise.all(
        Array.from({ length: 50 }, (_, article) =>
          stores().meter.recordView(reader, view(`article ${article}`, { limit: 1 })),
        ),
      )
      assert.equal(all.filter(({ outcome }) => outcome === 'counted').length, 1)
      assert.equal(all.filter(({ outcome }) => outcome === 'stopped').length, 49)
    })
  })
}
