import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import type { Attempt } from '../../src/subscriptions/attempt.ts'
import { type Desk, dayMs, openDesk } from './desk.ts'

let desk: Desk
beforeEach(async () => {
  desk = await openDesk()
})
afterEach(() => desk.close())

const usd = (amount: number) => ({ amount, currency: 'USD' as const })
const monthsMs = 150 * dayMs

type Changes = Partial<Attempt>
type Kind = [name: string, changes: (now: number) => Changes]

const prepaid = (now: number, price = usd(500)): Changes => ({
  intro: { kind: 'trial', collected: 'now', price, endsAtMs: now + monthsMs },
})
const halved = (now: number, price = usd(1000)): Changes => ({
  intro: {
    kind: 'discount',
    percentOff: null,
    price,
    bills: 3,
    months: 3,
    endsAtMs: now + monthsMs,
  },
})
const gift = { price: usd(5000), months: 6 }

/**
 * A reader agrees to one thing, and pays on a page that sells `sold`; `code` is typed there. Resolves to the attempt as
 * it stands after all events.
 */
async function buy(agreed: Changes, { sold = {}, code }: { sold?: Changes; code?: string } = {}) {
  const attempt = desk.attempt(agreed)
  const customer = await desk.payments.customerOf(attempt.reader)
  await desk.store.saveAttempt(attempt)
  const { session, url } = await desk.payments.openCheckout({ ...attempt, ...sold }, customer)
  await desk.store.attemptOpened(attempt.id, session)
  if (code !== undefined) {
    await fetch(url, { method: 'POST', body: new URLSearchParams({ apply: 'promotion', promotion: code }) })
  }
  await desk.pay(url)
  await desk.tellAll()
  await desk.tellAll()
  const known = await desk.store.attempt(attempt.id)
  assert.ok(known)
  return known
}

/** A code of the publisher's that takes off so much. */
async function promote(percent_off: number): Promise<string> {
  const { id } = await desk.stripe.coupons.create({ percent_off, duration: 'once', name: 'Spring' })
  await desk.stripe.promotionCodes.create({ promotion: { type: 'coupon', coupon: id }, code: 'SPRING' })
  return 'SPRING'
}

async function refunds(): Promise<number[]> {
  return (await desk.stripe.refunds.list()).data.map(({ amount }) => amount)
}

const kinds: Kind[] = [
  ['a subscription', () => ({})],
  ['a subscription with an introductory period paid at once', (now) => prepaid(now)],
  ['a subscription whose first bills are lower', (now) => halved(now)],
  [
    'a subscription whose introductory amount waits for the first bill',
    (now) => ({
      intro: { kind: 'trial', collected: 'with_first_bill', price: usd(25), endsAtMs: now + monthsMs },
    }),
  ],
  [
    'a subscription whose first day is free',
    (now) => ({ intro: { kind: 'trial', collected: 'never', price: usd(0), endsAtMs: now + dayMs } }),
  ],
  [
    'a subscription whose first two days are free',
    (now) => ({ intro: { kind: 'trial', collected: 'never', price: usd(0), endsAtMs: now + 2 * dayMs } }),
  ],
  ['a gift', () => ({ gift })],
]

describe('a purchase that is as agreed stands:', () => {
  for (const [name, changes] of kinds) {
    for (const tax of ['none', 'inclusive', 'exclusive'] as const) {
      it(`${name}, tax ${tax}`, async () => {
        const { status, refused } = await buy({ ...changes(desk.now()), tax })
        assert.deepEqual([status, refused, await refunds()], ['complete', null, []])
      })
    }
    it(`${name}, paid ten minutes after the page was opened`, async () => {
      const agreed = changes(desk.now())
      const attempt = desk.attempt(agreed)
      const opened = await desk.process().openCheckout(attempt)
      assert.ok('url' in opened)
      await desk.clock.advance(10 * 60_000)
      await desk.pay(opened.url)
      await desk.tellAll()
      assert.equal((await desk.store.attempt(attempt.id))?.refused, null)
      assert.deepEqual(await refunds(), [])
    })
  }

  for (const percent of [25, 100]) {
    for (const [name, changes] of kinds.filter(([name]) => !name.includes('lower'))) {
      it(`${name}, of which a promotion code takes ${percent} percent off`, async () => {
        const code = await promote(percent)
        const agreed: Changes = { ...changes(desk.now()), promotionCodes: true, tax: 'exclusive' }
        const { status, refused } = await buy(agreed, { code })
        assert.deepEqual([status, refused, await refunds()], ['complete', null, []])
      })
    }
  }

  it('a gift of which a code took all off can be redeemed', async () => {
    const code = await promote(100)
    const { id } = await buy({ gift, promotionCodes: true, reader: 'demo:giver' }, { code })
    await desk.store.redeemGift(id, { reader: 'demo:reader', atMs: desk.now(), untilMs: desk.now() + dayMs })
    await desk.process().syncGift(id)
    assert.equal((await desk.store.access('demo:reader'))?.standing, 'subscriber')
  })
})

describe('a purchase that is not as agreed is ended, refunded once, and gives nothing:', () => {
  type Wrong = [name: string, agreed: (now: number) => Changes, sold: (now: number) => Changes, back: number]
  const wrong: Wrong[] = [
    ['another price', () => ({}), () => ({ regular: usd(100) }), 100],
    ['another currency', () => ({}), () => ({ regular: { amount: 1999, currency: 'EUR' } }), 1999],
    ['an introductory amount that is too low', (now) => prepaid(now), (now) => prepaid(now, usd(50)), 50],
    ['an introductory amount that is too high', (now) => prepaid(now), (now) => prepaid(now, usd(900)), 900],
    ['a discount that is too small', (now) => halved(now), (now) => halved(now, usd(1500)), 1500],
    ['a discount that is too large', (now) => halved(now), (now) => halved(now, usd(100)), 100],
    ['a discount that was not promised', () => ({}), (now) => halved(now), 1000],
    ['a promised discount that is missing', (now) => halved(now), () => ({ intro: null }), 1999],
    ['a gift at another price', () => ({ gift }), () => ({ gift: { ...gift, price: usd(100) } }), 100],
  ]
  for (const [name, agreed, sold, back] of wrong) {
    it(name, async () => {
      const attempt = await buy(agreed(desk.now()), { sold: sold(desk.now()) })
      assert.deepEqual([attempt.status, attempt.refused], ['complete', 'wrong_amount'])
      assert.deepEqual(await refunds(), [back])
      assert.deepEqual(desk.told.refused, ['wrong_amount'])
      assert.deepEqual(await desk.running(await desk.payments.customerOf('demo:reader')), [])
      assert.equal(await desk.store.access('demo:reader'), null)
    })
  }

  it('a code where the offer lets none be typed', async () => {
    const code = await promote(25)
    const { refused } = await buy({}, { sold: { promotionCodes: true }, code })
    assert.equal(refused, 'wrong_amount')
    assert.deepEqual(await refunds(), [1499])
  })
})
