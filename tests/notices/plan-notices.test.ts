import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Occasion, planGiftNotice, planNotices } from '../../src/notices/plan-notices.ts'
import { anAttempt, aSubscription } from '../subscriptions/examples.ts'

const dayMs = 86_400_000
const usd = (amount: number) => ({ amount, currency: 'USD' }) as const
const bought = Date.UTC(2026, 10, 24, 17)
const consent = { terms: 'Terms.', termsHash: 'abc', atMs: bought }

function seen(changes: Partial<Occasion> = {}) {
  const occasion = {
    subscription: aSubscription({ startedAtMs: bought, periodStartMs: bought }),
    attempt: anAttempt({ consent, intro: null }),
    endings: 0,
    timeZone: 'America/New_York',
    now: bought + 1000,
    ...changes,
  }
  return planNotices(occasion)
}

function dueOf(kind: string, changes: Partial<Occasion> = {}): number | undefined {
  return seen(changes).find((notice) => notice.kind === kind)?.dueMs
}

describe('who has just bought', () => {
  it('is sent the terms they agreed to, at once', () => {
    assert.equal(dueOf('welcome'), bought + 1000)
  })

  it('is written about the same occasion by the same name, however often it is heard of', () => {
    assert.deepEqual(
      seen().map(({ id }) => id),
      seen({ now: bought + dayMs }).map(({ id }) => id),
    )
  })

  it('is not thanked where nothing came of it, or long after', () => {
    const incomplete = aSubscription({ status: 'incomplete', startedAtMs: bought })
    assert.equal(dueOf('welcome', { subscription: incomplete }), undefined)
    assert.equal(dueOf('welcome', { now: bought + 30 * dayMs }), undefined)
  })
})

describe('who has bought a gift', () => {
  const gift = { price: usd(12000), months: 12 }

  it('is written once, however often the payment is heard of', () => {
    const planned = [1, 2].map((later) => planGiftNotice(anAttempt({ gift, consent }), bought + later))
    assert.deepEqual(
      planned.map((notice) => notice?.id),
      ['gift:at_a', 'gift:at_a'],
    )
  })

  it('is not written long after, nor who is not to be known any more', () => {
    assert.equal(planGiftNotice(anAttempt({ gift, consent }), bought + 8 * dayMs), null)
    assert.equal(planGiftNotice(anAttempt({ gift, consent, reader: 'demo:' }), bought), null)
  })
})

describe('the end of an introductory price', () => {
  const trialUntil = (endsAtMs: number) => ({
    subscription: aSubscription({ status: 'trialing', introEndsAtMs: endsAtMs, startedAtMs: bought }),
    attempt: anAttempt({
      consent,
      intro: { kind: 'trial', collected: 'now', price: usd(100), endsAtMs },
    }),
  })
  const discountUntil = (endsAtMs: number) => ({
    subscription: aSubscription({ startedAtMs: bought }),
    attempt: anAttempt({
      consent,
      intro: { kind: 'discount', percentOff: 50, price: usd(999), bills: 3, months: 3, endsAtMs },
    }),
  })

  it('of more than a month is told ten days before, however the price was lowered', () => {
    const endsAtMs = bought + 90 * dayMs
    for (const lowered of [trialUntil(endsAtMs), discountUntil(endsAtMs)]) {
      assert.equal(dueOf('intro_ends', lowered), endsAtMs - 10 * dayMs)
    }
  })

  it('of a month or less is told seven days before', () => {
    assert.equal(dueOf('intro_ends', trialUntil(bought + 30 * dayMs)), bought + 23 * dayMs)
  })

  it('of some days is told by the terms alone', () => {
    assert.equal(dueOf('intro_ends', trialUntil(bought + 7 * dayMs)), undefined)
  })

  it('is no occasion where there is none', () => {
    assert.equal(dueOf('intro_ends'), undefined)
  })
})

describe('a subscriber of years', () => {
  it('is reminded each year, a month before the day', () => {
    const aMonthBefore = (year: number) => Date.UTC(year, 10, 24, 17) - 30 * dayMs
    assert.equal(dueOf('yearly'), aMonthBefore(2027))
    assert.equal(dueOf('yearly', { now: Date.UTC(2028, 0, 1) }), aMonthBefore(2028))
  })

  it('is not who has canceled', () => {
    const ending = aSubscription({ startedAtMs: bought, endsAtMs: bought + 28 * dayMs })
    assert.equal(dueOf('yearly', { subscription: ending }), undefined)
  })
})

describe('what becomes of a subscription', () => {
  const idOf = (kind: string, changes: Partial<Occasion>) =>
    seen(changes).find((notice) => notice.kind === kind)?.id

  it('is confirmed each time it is canceled', () => {
    const subscription = aSubscription({ endsAtMs: bought + dayMs })
    assert.equal(idOf('canceled', { subscription, endings: 1 }), 'canceled:sub_a:1')
    assert.equal(idOf('canceled', { subscription, endings: 2 }), 'canceled:sub_a:2')
  })

  it('is told once for each bill that could not be collected', () => {
    const owing = (periodStartMs: number) =>
      idOf('payment_failed', { subscription: aSubscription({ status: 'past_due', periodStartMs }) })
    assert.equal(owing(1), owing(1))
    assert.notEqual(owing(1), owing(2))
  })

  it('is told when a payment was given back', () => {
    const subscription = aSubscription({ status: 'canceled', reversal: 'refunded', endsAtMs: bought })
    assert.deepEqual(
      seen({ subscription }).map(({ kind }) => kind),
      ['refunded'],
    )
  })
})
