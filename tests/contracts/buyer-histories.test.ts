import assert from 'node:assert/strict'
import { it } from 'node:test'
import fc from 'fast-check'
import { giftId } from '../../src/subscriptions/gift-id.ts'
import { forgottenReader, type SubscriptionStore } from '../../src/subscriptions/subscription-store.ts'
import { anAccess, anAccessWrite, anAttempt } from '../subscriptions/examples.ts'
import { everyStore } from './stores.ts'

const readers = ['anna', 'ben', 'cleo'] as const
const reader = fc.constantFrom(...readers)
/** Attempt n is begun by reader n: whose it is later depends on the history. */
const attempt = fc.integer({ min: 0, max: readers.length - 1 })
const ticket = fc.integer({ min: 1, max: 30 })

/** What may happen to three readers who buy, sign in to one another's accounts, give gifts and are forgotten. */
const happening = fc.oneof(
  { arbitrary: fc.record({ kind: fc.constant('begin' as const), attempt }), weight: 3 },
  {
    arbitrary: fc.record({
      kind: fc.constant('access' as const),
      attempt,
      ticket,
      days: fc.option(fc.integer({ min: 1, max: 5 })),
      isOver: fc.boolean(),
    }),
    weight: 6,
  },
  {
    arbitrary: fc.record({
      kind: fc.constant('end' as const),
      attempt,
      status: fc.constantFrom('complete' as const, 'expired' as const),
      refused: fc.constantFrom(null, 'wrong_amount' as const),
    }),
    weight: 2,
  },
  {
    arbitrary: fc.record({ kind: fc.constant('move' as const), from: reader, into: reader }),
    weight: 3,
  },
  {
    arbitrary: fc.record({
      kind: fc.constant('customer' as const),
      reader,
      customer: fc.constantFrom('cus_1', 'cus_2', 'cus_3'),
    }),
    weight: 2,
  },
  { arbitrary: fc.record({ kind: fc.constant('redeem' as const), reader, attempt, ticket }), weight: 2 },
  { arbitrary: fc.record({ kind: fc.constant('forget' as const), reader }), weight: 1 },
)

type Happening = typeof happening extends fc.Arbitrary<infer Kind> ? Kind : never

const everywhere = everyStore()

it('every store tells the same of any history of three readers who buy', async () => {
  let histories = 0
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { minLength: 1, maxLength: 30 }), async (history) => {
      histories += 1
      const told = await Promise.all(
        everywhere.map(({ stores }) => live(stores().subscriptions, `s${histories}`, history)),
      )
      for (const other of told.slice(1)) assert.deepEqual(other, told[0])
    }),
    { numRuns: 200 },
  )
})

async function live(
  store: SubscriptionStore,
  site: string,
  history: readonly Happening[],
): Promise<unknown[]> {
  const told: unknown[] = []
  const begun = new Set<number>()
  for (const next of history) {
    told.push(await happens(store, { site, next, begun }))
    for (const name of readers) told.push(await stateOf(store, `${site}:${name}`))
    for (const at of begun) told.push(await store.attempt(`${site}-at-${at}`))
    told.push((await store.liveSubscriptions(100_000)).filter((id) => id.includes(`${site}-`)).toSorted())
    told.push((await store.openAttempts()).filter((id) => id.startsWith(`${site}-`)))
  }
  return told
}

async function stateOf(store: SubscriptionStore, name: string): Promise<unknown> {
  return {
    access: await store.access(name),
    customer: await store.customer(name),
    customers: await store.customers(name),
    offers: await store.boughtOffers(name),
    open: await store.openAttempts(name),
  }
}

async function happens(
  store: SubscriptionStore,
  { site, next, begun }: { site: string; next: Happening; begun: Set<number> },
): Promise<unknown> {
  const key = (name: string) => `${site}:${name}`
  if ('attempt' in next && next.kind !== 'begin' && !begun.has(next.attempt)) return null
  switch (next.kind) {
    case 'begin': {
      if (begun.has(next.attempt)) return null
      begun.add(next.attempt)
      const id = `${site}-at-${next.attempt}`
      const buyer = key(readers[next.attempt] ?? '')
      return store.saveAttempt(anAttempt({ id, site, reader: buyer, expiresAtMs: 1000 - next.attempt }))
    }
    case 'access': {
      const id = `${site}-at-${next.attempt}`
      if (await isForgotten(store, site, id)) return null
      const subscription = `${site}-sub-${next.attempt}`
      const untilMs = (next.days ?? 0) * 86_400_000
      const given = anAccess({ attempt: id, subscription, untilMs, offer: `offer-${next.attempt}` })
      const write = { attempt: id, subscription, ticket: next.ticket, isOver: next.isOver }
      return store.saveAccess(
        anAccessWrite({
          ...write,
          reader: key(readers[next.attempt] ?? ''),
          access: next.days === null ? null : given,
        }),
      )
    }
    case 'end':
      return store.attemptEnded(`${site}-at-${next.attempt}`, next.status, next.refused)
    case 'move':
      return store.moveReader(key(next.from), key(next.into))
    case 'customer':
      return store.saveCustomer(key(next.reader), next.customer)
    case 'redeem':
      return redeem(store, { site, reader: key(next.reader), attempt: next.attempt, ticket: next.ticket })
    case 'forget':
      return store.forgetReader(key(next.reader))
  }
}

/** Nothing is written any more of what a forgotten reader had bought. */
async function isForgotten(store: SubscriptionStore, site: string, attempt: string): Promise<boolean> {
  return (await store.attempt(attempt))?.reader === forgottenReader(site)
}

async function redeem(
  store: SubscriptionStore,
  gift: { site: string; reader: string; attempt: number; ticket: number },
): Promise<unknown> {
  const id = `${gift.site}-at-${gift.attempt}`
  const redeemed = await store.redeemGift(id, { reader: gift.reader, atMs: 1, untilMs: 2 })
  if (redeemed.reader === forgottenReader(gift.site)) return redeemed
  const access = anAccess({ attempt: id, subscription: giftId(id), untilMs: 86_400_000 })
  const write = { attempt: giftId(id), subscription: giftId(id), ticket: gift.ticket, access }
  const saved = await store.saveAccess(anAccessWrite({ ...write, reader: redeemed.reader }))
  return { redeemed, saved }
}
