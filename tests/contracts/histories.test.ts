import assert from 'node:assert/strict'
import { it } from 'node:test'
import fc from 'fast-check'
import type { Commit, View } from '../../src/metering/views.ts'
import type { Stores } from '../../src/stores/stores.ts'
import { anAccess, anAccessWrite } from '../subscriptions/examples.ts'
import { everyStore } from './stores.ts'

const day = 86_400
const january = Date.UTC(2027, 0, 1) / 1000
const readers = ['anna', 'ben'] as const
const atDay = fc.integer({ min: 0, max: 90 })

/** What may happen to two readers. Numbers are small, so that articles, times and limits meet. */
type Happening =
  | { kind: 'view'; reader: string; commit: Commit }
  | { kind: 'ask'; reader: string }
  | { kind: 'merge'; fromDay: number }
  | { kind: 'access'; reader: string; subscription: string; untilSeconds: number | null; ticket: number }

const meterBounds = fc
  .record({
    meter: fc.integer({ min: 1, max: 3 }),
    limit: fc.integer({ min: 0, max: 4 }),
    windowDays: fc.constantFrom(1, 7, 30, 60),
    at: atDay,
  })
  .map(({ meter, limit, windowDays, at }) => {
    const firstDay = at - (at % windowDays)
    return {
      meter,
      limit,
      fromSeconds: january + firstDay * day,
      untilSeconds: january + (firstDay + windowDays) * day,
    }
  })

const nudgeBounds = fc
  .record({
    nudge: fc.integer({ min: 11, max: 12 }),
    fromView: fc.integer({ min: 1, max: 3 }),
    more: fc.integer({ min: 0, max: 2 }),
    times: fc.integer({ min: 1, max: 2 }),
    at: atDay,
  })
  .map(({ nudge, fromView, more, times, at }) => ({
    nudge,
    fromView,
    toView: fromView + more,
    times,
    fromSeconds: january + at * day,
  }))

const view = fc
  .record({
    reader: fc.constantFrom(...readers),
    article: fc.integer({ min: 1, max: 8 }),
    at: atDay,
    retainDays: fc.constantFrom(35, 61),
    meters: fc.array(meterBounds, { minLength: 1, maxLength: 2 }),
    nudges: fc.array(nudgeBounds, { maxLength: 2 }),
  })
  .map(({ reader, article, at, retainDays, meters, nudges }): Happening => {
    const commit = { article, atSeconds: january + at * day, retainSeconds: retainDays * day, meters, nudges }
    return { kind: 'view', reader, commit }
  })

const access = fc.record({
  kind: fc.constant('access' as const),
  reader: fc.constantFrom(...readers),
  subscription: fc.constantFrom('sub_a', 'sub_b', 'sub_c'),
  untilSeconds: fc.option(atDay.map((at) => january + at * day)),
  ticket: fc.integer({ min: 1, max: 20 }),
})

const happening: fc.Arbitrary<Happening> = fc.oneof(
  { arbitrary: view, weight: 10 },
  {
    arbitrary: fc.record({ kind: fc.constant('ask' as const), reader: fc.constantFrom(...readers) }),
    weight: 1,
  },
  { arbitrary: fc.record({ kind: fc.constant('merge' as const), fromDay: atDay }), weight: 1 },
  { arbitrary: access, weight: 2 },
)

const everywhere = everyStore()

it('every store gives the same answers to any history of two readers', async () => {
  let histories = 0
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { minLength: 1, maxLength: 40 }), async (history) => {
      histories += 1
      const answers = await Promise.all(
        everywhere.map(({ stores }) => live(stores(), `demo:${histories}`, history)),
      )
      for (const other of answers.slice(1)) assert.deepEqual(other, answers[0])
    }),
    { numRuns: 300 },
  )
})

async function live(stores: Stores, name: string, history: readonly Happening[]): Promise<unknown[]> {
  const answers: unknown[] = []
  for (const next of history) answers.push(await happens(stores, name, next))
  for (const reader of readers) answers.push(inOrder(await stores.meter.readerFacts(`${name}-${reader}`)))
  return answers
}

async function happens(stores: Stores, name: string, next: Happening): Promise<unknown> {
  switch (next.kind) {
    case 'view':
      return inOrder(await stores.meter.recordView(`${name}-${next.reader}`, next.commit))
    case 'ask':
      return inOrder(await stores.meter.readerFacts(`${name}-${next.reader}`))
    case 'merge': {
      const fromSeconds = january + next.fromDay * day
      const meters = [1, 2].map((meter) => ({
        meter,
        limit: 1,
        fromSeconds,
        untilSeconds: fromSeconds + 20 * day,
      }))
      return stores.meter.mergeReaders({
        from: `${name}-anna`,
        into: `${name}-ben`,
        sinceSeconds: fromSeconds - 5 * day,
        meters,
        retainSeconds: 35 * day,
      })
    }
    case 'access':
      return changeAccess(stores, `${name}-${next.reader}`, next)
  }
}

async function changeAccess(
  { subscriptions: store }: Stores,
  reader: string,
  { subscription, untilSeconds, ticket }: Extract<Happening, { kind: 'access' }>,
): Promise<unknown> {
  const given = untilSeconds === null ? null : anAccess({ subscription, untilMs: untilSeconds * 1000 })
  const written = await store.saveAccess(anAccessWrite({ reader, subscription, access: given, ticket }))
  return { written, until: (await store.access(reader))?.untilMs ?? null }
}

/** The facts are a set: no store promises an order. */
function inOrder<Facts extends { views: readonly View[] }>(facts: Facts) {
  const text = ({ article, meter, atSeconds }: View) => `${atSeconds}/${article}/${meter}`
  return { ...facts, views: facts.views.map(text).toSorted() }
}
