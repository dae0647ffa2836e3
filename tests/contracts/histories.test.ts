import assert from 'node:assert/strict'
import { it } from 'node:test'
import fc from 'fast-check'
import type { ViewToRecord } from '../../src/metering/views.ts'
import type { Stores } from '../../src/stores/stores.ts'
import { anAccess } from '../subscriptions/examples.ts'
import { everyStore } from './stores.ts'

const day = 86_400
const january = Date.UTC(2027, 0, 1) / 1000
const subscriptions = ['sub_a', 'sub_b', 'sub_c']

/** What may happen to one reader. Numbers are small, so that articles, times and limits meet. */
type Happening =
  | { kind: 'view'; view: ViewToRecord }
  | { kind: 'ask' }
  | { kind: 'access'; subscription: string; untilSeconds: number | null; ticket: number }

const view = fc
  .record({
    article: fc.integer({ min: 1, max: 8 }),
    meter: fc.integer({ min: 1, max: 2 }),
    limit: fc.integer({ min: 0, max: 5 }),
    atDay: fc.integer({ min: 0, max: 90 }),
    windowDays: fc.constantFrom(1, 7, 30, 60),
  })
  .map(({ article, meter, limit, atDay, windowDays }): Happening => {
    const firstDay = atDay - (atDay % windowDays)
    return {
      kind: 'view',
      view: {
        article,
        meter,
        limit,
        atSeconds: january + atDay * day,
        fromSeconds: january + firstDay * day,
        untilSeconds: january + (firstDay + windowDays) * day,
      },
    }
  })

const access = fc.record({
  kind: fc.constant('access' as const),
  subscription: fc.constantFrom(...subscriptions),
  untilSeconds: fc.option(fc.integer({ min: january, max: january + 90 * day })),
  ticket: fc.integer({ min: 1, max: 20 }),
})

const happening = fc.oneof(
  { arbitrary: view, weight: 8 },
  { arbitrary: fc.constant<Happening>({ kind: 'ask' }), weight: 1 },
  { arbitrary: access, weight: 2 },
)

const everywhere = everyStore()

it('every store gives the same answers to any history of a reader', async () => {
  let histories = 0
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { minLength: 1, maxLength: 40 }), async (history) => {
      histories += 1
      const answers = await Promise.all(
        everywhere.map(({ stores }) => live(stores(), `demo:history-${histories}`, history)),
      )
      for (const other of answers.slice(1)) assert.deepEqual(other, answers[0])
    }),
    { numRuns: 300 },
  )
})

async function live(stores: Stores, reader: string, history: readonly Happening[]): Promise<unknown[]> {
  const answers: unknown[] = []
  for (const next of history) {
    if (next.kind === 'view') answers.push(inOrder(await stores.meter.recordView(reader, next.view)))
    if (next.kind === 'ask') answers.push(inOrder(await stores.meter.readerFacts(reader)))
    if (next.kind === 'access') answers.push(await changeAccess(stores, reader, next))
  }
  return answers
}

async function changeAccess(
  { subscriptions: store }: Stores,
  reader: string,
  { subscription, untilSeconds, ticket }: Extract<Happening, { kind: 'access' }>,
): Promise<unknown> {
  const given = untilSeconds === null ? null : anAccess({ subscription, untilMs: untilSeconds * 1000 })
  const written = await store.saveAccess({ reader, subscription, access: given, ticket })
  return { written, until: (await store.access(reader))?.untilMs ?? null }
}

/** The facts are a set: no store promises an order. */
function inOrder<Facts extends { views: readonly { article: number; meter: number; atSeconds: number }[] }>(
  facts: Facts,
) {
  const text = ({ article, meter, atSeconds }: Facts['views'][number]) => `${atSeconds}/${article}/${meter}`
  return { ...facts, views: facts.views.map(text).toSorted() }
}
