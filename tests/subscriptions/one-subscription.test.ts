import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { Problem } from '../../src/http/problem.ts'
import type { Rules } from '../../src/paywall/rules.ts'
import { giftId } from '../../src/subscriptions/gift-id.ts'
import { roomRules } from '../support/reading-room.ts'
import { type Desk, dayMs, openDesk } from './desk.ts'

let desk: Desk
beforeEach(async () => {
  desk = await openDesk()
})
afterEach(() => desk.close())

/** Rules with one offer, of which one is sold. */
function soldOnce(): Rules {
  const site = roomRules({
    plans: [
      { id: 'digital', name: 'Digital', price: { amount: 1999, currency: 'USD' }, every: { weeks: 4 } },
    ],
    offers: [{ id: 'rare', plan: 'digital', headline: 'Digital', button: 'Buy', redemptions: 1 }],
  })
  return { version: 1, sites: new Map([['demo', site]]), onlySite: site, origins: new Set() }
}

type Opened = { attempt: string; url: string }

async function press(changes: Parameters<Desk['attempt']>[0] = {}): Promise<Opened> {
  const opened = await desk.process().openCheckout(desk.attempt(changes))
  assert.ok(!(opened instanceof Problem), JSON.stringify(opened))
  return opened
}

async function refusalOf(changes: Parameters<Desk['attempt']>[0] = {}): Promise<Problem> {
  const refusal = await desk.process().openCheckout(desk.attempt(changes))
  assert.ok(refusal instanceof Problem)
  return refusal
}

/** What Stripe shows where a reader would pay: 303 when they have, 410 and the like when the page is closed. */
async function isPayable(url: string): Promise<boolean> {
  return (await fetch(url)).status === 200 && (await pageOf(url)).includes('name="number"')
}
const pageOf = async (url: string) => (await fetch(url)).text()

async function buy(): Promise<string> {
  const { url } = await press()
  await desk.pay(url)
  await desk.tellAll()
  return (await desk.store.access('demo:reader'))?.subscription ?? ''
}

describe('a reader with several tabs', () => {
  it('is led to the same page when they press twice at once', async () => {
    const pages = await Promise.all([press(), press(), press()])
    assert.equal(new Set(pages.map(({ url }) => url)).size, 1)
    assert.equal((await desk.stripe.checkout.sessions.list()).data.length, 1)
  })

  it('is led to the same page when they go back and press again', async () => {
    const first = await press()
    await desk.clock.advance(10 * 60_000)
    assert.deepEqual(await press(), first)
  })

  it('can pay on the latest page only, when they choose another offer', async () => {
    const first = await press()
    const second = await press({ offer: 'another' })
    assert.equal(await isPayable(first.url), false)
    assert.equal(await isPayable(second.url), true)
    assert.equal((await desk.store.attempt(first.attempt))?.status, 'expired')
  })

  it('has bought, when the other page turns out to have been paid on', async () => {
    const { url } = await press()
    await desk.pay(url)
    assert.equal((await refusalOf({ offer: 'another' })).code, 'already_subscribed')
    assert.equal((await desk.store.access('demo:reader'))?.standing, 'subscriber')
  })

  it('is refused a second subscription that only Stripe knows of yet', async () => {
    const { attempt, url } = await press()
    await desk.pay(url)
    await desk.store.attemptEnded(attempt, 'expired')
    assert.equal((await refusalOf()).code, 'already_subscribed')
    assert.equal((await desk.store.access('demo:reader'))?.standing, 'subscriber')
  })

  it('may buy again when the first subscription is over', async () => {
    await desk.payments.endNow(await buy(), 'nothing')
    await desk.tellAll()
    assert.equal(await desk.store.access('demo:reader'), null)
    await desk.pay((await press()).url)
    await desk.tellAll()
    assert.equal((await desk.store.access('demo:reader'))?.standing, 'subscriber')
  })

  it('may buy a gift for somebody else beside their own subscription', async () => {
    await buy()
    const gift = { price: { amount: 5000, currency: 'USD' as const }, months: 6 }
    await desk.pay((await press({ gift })).url)
    assert.equal((await desk.stripe.checkout.sessions.list()).data.length, 2)
  })
})

describe('an offer of which only so many are sold', () => {
  it('is refused when it is sold out, and sold again when a page comes to nothing', async () => {
    const rules = soldOnce()
    const open = (reader: string) =>
      desk.process(undefined, () => rules).openCheckout(desk.attempt({ reader, offer: 'rare' }))
    const first = await open('demo:anna')
    assert.ok(!(first instanceof Problem))
    const refused = await open('demo:ben')
    assert.ok(refused instanceof Problem)
    assert.deepEqual([refused.code, refused.more], ['offer_unavailable', { reason: 'sold_out' }])
    await desk.clock.advance(40 * 60_000)
    await desk.process().reconciler.run()
    assert.ok(!((await open('demo:ben')) instanceof Problem))
  })
})

describe('the end of a sale', () => {
  it('closes the pages that are still open, and lets those stand who have paid', async () => {
    const paid = await press({ reader: 'demo:anna' })
    await desk.pay(paid.url)
    const open = await press({ reader: 'demo:ben' })
    // No offer is in these rules: it was withdrawn.
    await desk.process().saleCloser.run()
    assert.equal(await isPayable(open.url), false)
    assert.equal((await desk.store.attempt(open.attempt))?.status, 'expired')
    assert.equal((await desk.store.attempt(paid.attempt))?.status, 'complete')
    assert.equal((await desk.store.access('demo:anna'))?.standing, 'subscriber')
    assert.deepEqual(await desk.store.openAttempts(), [])
  })
})

describe('money that goes back', () => {
  async function paymentOf(subscription: string): Promise<string> {
    const { data } = await desk.stripe.charges.list()
    assert.equal(data.length, 1, subscription)
    return data[0]?.id ?? ''
  }

  it('takes the access away when all of it was refunded, and nothing more is charged', async () => {
    const subscription = await buy()
    await desk.stripe.refunds.create({ charge: await paymentOf(subscription) })
    await desk.tellAll()
    assert.equal(await desk.store.access('demo:reader'), null)
    await desk.clock.advance(60 * dayMs)
    assert.equal((await desk.stripe.charges.list()).data.length, 1)
  })

  it('changes nothing when a part of it was refunded', async () => {
    const subscription = await buy()
    await desk.stripe.refunds.create({ charge: await paymentOf(subscription), amount: 500 })
    await desk.tellAll()
    assert.equal((await desk.store.access('demo:reader'))?.standing, 'subscriber')
  })

  /** A gift that somebody has paid for and the reader has redeemed: its attempt. */
  async function redeemedGift(): Promise<string> {
    const gift = { price: { amount: 5000, currency: 'USD' as const }, months: 6 }
    const opened = await press({ gift, reader: 'demo:giver' })
    await desk.pay(opened.url)
    await desk.tellAll()
    await desk.store.redeemGift(opened.attempt, {
      reader: 'demo:reader',
      atMs: desk.now(),
      untilMs: desk.now() + 90 * dayMs,
    })
    await desk.process().syncGift(opened.attempt)
    assert.equal((await desk.store.access('demo:reader'))?.standing, 'subscriber')
    return opened.attempt
  }

  it('of a gift takes away what it gave', async () => {
    await redeemedGift()
    await desk.stripe.refunds.create({ charge: await paymentOf('gift') })
    await desk.tellAll()
    assert.equal(await desk.store.access('demo:reader'), null)
  })

  for (const [outcome, decided] of [
    ['comes back when it is won', 'winning_evidence'],
    ['is gone when it is lost', 'losing_evidence'],
  ] as const) {
    it(`of a gift, while it is disputed, pauses what it gave, which ${outcome}`, async () => {
      const id = await redeemedGift()
      const before = await desk.store.access('demo:reader')
      desk.dispute(await paymentOf('gift'))
      await desk.tellAll()
      assert.equal(await desk.store.access('demo:reader'), null)
      assert.deepEqual(await desk.store.liveSubscriptions(10), [giftId(id)])
      const [dispute] = (await desk.stripe.disputes.list()).data
      await desk.stripe.disputes.update(dispute?.id ?? '', {
        evidence: { uncategorized_text: decided },
        submit: true,
      })
      await desk.process().reconciler.run()
      const after = await desk.store.access('demo:reader')
      assert.deepEqual(after, decided === 'winning_evidence' ? before : null)
    })
  }
})

describe('the reconciler', () => {
  it('finds a purchase that no event told of, says so, and finds nothing the next time', async () => {
    await desk.pay((await press()).url)
    await desk.clock.advance(3 * 60_000)
    await desk.process().reconciler.run()
    assert.equal((await desk.store.access('demo:reader'))?.standing, 'subscriber')
    const found = () =>
      desk.told.reconciled.filter(({ outcome, count }) => outcome === 'changed' && count > 0).length
    assert.ok(found() > 0)
    desk.told.reconciled.length = 0
    await desk.process().reconciler.run()
    assert.equal(
      desk.told.reconciled.filter(
        ({ what, outcome, count }) => what !== 'event' && outcome === 'changed' && count > 0,
      ).length,
      0,
    )
  })

  it('finds that a subscription has ended', async () => {
    const subscription = await buy()
    await desk.process().reconciler.run()
    await desk.stripe.subscriptions.cancel(subscription)
    await desk.store.saveReconciledUntil(desk.now() + dayMs)
    await desk.process().reconciler.run()
    assert.equal(await desk.store.access('demo:reader'), null)
    assert.deepEqual(await desk.store.liveSubscriptions(10), [])
  })

  it('tidies up attempts that were given up', async () => {
    const { attempt } = await press()
    await desk.clock.advance(3600_000)
    await desk.process().reconciler.run()
    assert.equal((await desk.store.attempt(attempt))?.status, 'expired')
    assert.deepEqual(await desk.store.openAttempts(), [])
  })
})

describe('a reader who signs in while they are paying', () => {
  it('has bought for their account', async () => {
    const { url } = await press()
    await desk.store.moveReader('demo:reader', 'demo:account')
    await desk.pay(url)
    await desk.tellAll()
    assert.equal((await desk.store.access('demo:account'))?.standing, 'subscriber')
    assert.equal(await desk.store.access('demo:reader'), null)
  })
})
