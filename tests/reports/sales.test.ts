import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { prepareRules } from '../../src/paywall/rules.ts'
import { loadConfiguration } from '../../src/publishing/load-configuration.ts'
import { createCountedUnder } from '../../src/reports/counted-under.ts'
import type { Dimension } from '../../src/reports/measures.ts'
import { createSales, monthlyPrice } from '../../src/reports/sales.ts'
import { openSqliteStores } from '../../src/stores/open.sqlite.ts'
import { attemptSchema } from '../../src/subscriptions/attempt.ts'
import { anAttempt, aSubscription } from '../subscriptions/examples.ts'

const { configuration } = await loadConfiguration('config', { firstStartedAt: 0 })
const rules = prepareRules({
  configuration,
  version: 1,
  serviceUrl: new URL('http://localhost:3000'),
  crawlers: () => false,
})
const site = rules.sites.get('demo')
assert.ok(site)

async function counted(attempt = anAttempt()) {
  const stores = openSqliteStores(':memory:', Date.now)
  const told: string[] = []
  const sales = createSales({
    store: stores.reports,
    rulesOf: (id) => rules.sites.get(id) ?? null,
    countedUnder: createCountedUnder(),
    log: { warn: (_details: unknown, message?: string) => told.push(String(message)) },
  })
  const day = site?.dayAt(attempt.consent.atMs) ?? ''
  const by = (dimension: Dimension) => stores.reports.slices('demo', [day], dimension)
  const counts = async () => (await by('offer'))[0]?.counts
  return { sales, stores, by, counts, told }
}

describe('a sale', () => {
  it('is counted once at each step, however often Stripe is looked at, on the day of the consent', async () => {
    const attempt = anAttempt()
    const { sales, counts } = await counted(attempt)
    await sales.begun(attempt)
    await sales.begun(attempt)
    const subscription = aSubscription()
    for (let time = 0; time < 3; time += 1) await sales.seen({ subscription, attempt })
    const bought = await counts()
    assert.deepEqual([bought?.checkouts, bought?.bought, bought?.cancelled], [1, 1, 0])
    assert.deepEqual(bought?.revenue, { [attempt.regular.currency]: monthlyPrice(attempt).amount })
    await sales.seen({ subscription: { ...subscription, endsAtMs: 1 }, attempt })
    assert.equal((await counts())?.cancelled, 1)
  })

  it('is counted where it was begun, at each of its steps: in which section, on what, in which country', async () => {
    const attempt = anAttempt({ visit: { section: 'world', device: 'phone', country: 'CH' } })
    const { sales, by } = await counted(attempt)
    await sales.begun(attempt)
    await sales.seen({ subscription: aSubscription({ endsAtMs: 1 }), attempt })
    const revenue = { USD: monthlyPrice(attempt).amount }
    for (const [dimension, value] of [
      ['section', 'world'],
      ['device', 'phone'],
      ['country', 'CH'],
    ] as const) {
      const slices = await by(dimension)
      assert.deepEqual(
        slices.map(({ value, counts: { checkouts, bought, cancelled, revenue } }) => ({
          value,
          checkouts,
          bought,
          cancelled,
          revenue,
        })),
        [{ value, checkouts: 1, bought: 1, cancelled: 1, revenue }],
      )
    }
  })

  it('of a gift is bought once when it is paid, however often that is heard, and is no monthly revenue', async () => {
    const attempt = anAttempt({ gift: { price: { amount: 12_000, currency: 'USD' }, months: 12 } })
    const { sales, counts } = await counted(attempt)
    await sales.begun(attempt)
    for (let time = 0; time < 3; time += 1) await sales.giftPaid(attempt)
    const { checkouts, bought, cancelled, revenue } = (await counts()) ?? {}
    assert.deepEqual(
      { checkouts, bought, cancelled, revenue },
      { checkouts: 1, bought: 1, cancelled: 0, revenue: {} },
    )
  })

  it('of which this is not known, as of those begun before it was noted, is in the total and in no row', async () => {
    const { visit: _notNoted, ...stored } = anAttempt()
    const attempt = attemptSchema.parse(stored)
    const { sales, by } = await counted(attempt)
    await sales.begun(attempt)
    assert.equal((await by('all'))[0]?.counts.checkouts, 1)
    for (const dimension of ['section', 'device', 'country'] as const) {
      assert.deepEqual(await by(dimension), [])
    }
  })

  it('that was never paid is none', async () => {
    const attempt = anAttempt()
    const { sales, counts } = await counted(attempt)
    await sales.seen({ subscription: { ...aSubscription(), status: 'incomplete' }, attempt })
    assert.equal(await counts(), undefined)
  })

  it('goes on when reports cannot be written', async () => {
    const attempt = anAttempt()
    const { sales, stores, told } = await counted(attempt)
    await stores.close()
    await sales.begun(attempt)
    assert.equal(told.length, 1)
  })
})

it('a regular price is told by the month, whatever it is due by', () => {
  const price = (amount: number, count: number, unit: 'week' | 'month' | 'year') =>
    monthlyPrice({ regular: { amount, currency: 'USD' }, every: { count, unit } }).amount
  assert.deepEqual(
    [price(1999, 1, 'month'), price(12_000, 1, 'year'), price(1999, 4, 'week')],
    [1999, 1000, 2173],
  )
})
