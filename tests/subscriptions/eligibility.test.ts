import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Problem } from '../../src/http/problem.ts'
import type { Attempt } from '../../src/subscriptions/attempt.ts'
import { beginAttempt, type Purchase } from '../../src/subscriptions/checkout.ts'
import { type Buyer, offersBesideTheWall } from '../../src/subscriptions/eligibility.ts'
import { roomRules } from '../support/reading-room.ts'
import { anAccess, anAttempt } from './examples.ts'

const now = Date.parse('2027-01-10T12:00:00Z')
const dayMs = 86_400_000
const copy = { headline: 'Read on', button: 'Subscribe' }
const monthly = {
  id: 'monthly',
  name: 'Monthly',
  price: { amount: 1999, currency: 'USD' },
  every: { months: 1 },
}
const plans = [
  monthly,
  {
    ...monthly,
    id: 'yearly',
    price: { amount: 19900, currency: 'USD' },
    every: { years: 1 },
    tax: 'inclusive',
  },
]
const lowered = { kind: 'each_period', amount: 500, for: { months: 3 } }
const rules = roomRules({
  plans,
  offers: [
    { ...copy, id: 'standing', plan: 'monthly' },
    { ...copy, id: 'lowered', plan: 'monthly', intro: lowered },
    { ...copy, id: 'free', plan: 'monthly', intro: { kind: 'free', days: 14 } },
    { ...copy, id: 'taxed', plan: 'yearly', promotionCodes: true },
    { ...copy, id: 'gift', plan: 'monthly', gift: { amount: 9900, months: 12 } },
    { ...copy, id: 'go-on', plan: 'monthly', audience: ['cancelling'], intro: lowered },
    { ...copy, id: 'members', plan: 'monthly', audience: ['registered'] },
    { ...copy, id: 'back', plan: 'monthly', audience: ['ended'] },
    { ...copy, id: 'first', plan: 'monthly', audience: ['never_subscribed'] },
    { ...copy, id: 'newcomers', plan: 'monthly', audience: ['new'] },
    { ...copy, id: 'american', plan: 'monthly', countries: ['US'] },
    {
      ...copy,
      id: 'phones',
      plan: 'monthly',
      devices: ['phone'],
      sections: ['world'],
      referrers: ['a.example'],
    },
    { ...copy, id: 'once', plan: 'monthly', oncePerReader: true },
    { ...copy, id: 'later', plan: 'monthly', startsAt: '2027-02-01T00:00:00Z' },
    { ...copy, id: 'over', plan: 'monthly', endsAt: '2027-01-01T00:00:00Z' },
  ],
})

const nobody: Buyer = { registered: false, country: null, bought: [], held: null }
const bought = anAttempt({ plan: 'monthly', every: { unit: 'month', count: 1 }, intro: null })
const running: Buyer['held'] = { access: anAccess({ untilMs: now + 20 * dayMs }), attempt: bought }
const cancelled = heldUntil(now + 10 * dayMs)

function heldUntil(endsAtMs: number, attempt: Attempt | null = bought): NonNullable<Buyer['held']> {
  return { access: anAccess({ untilMs: endsAtMs, endsAtMs, nextCharge: null }), attempt }
}

function begin(
  offer: string,
  buyer: Partial<Buyer> = {},
  changes: Partial<Purchase> = {},
): Attempt | Problem {
  const shown = rules.offers.find(({ id }) => id === offer)?.shownAt(now, 'en-US')
  const purchase = { offer, termsHash: shown?.termsHash ?? '', consent: true, returnTo: '/', ...changes }
  const visit = { section: null, device: null, country: null }
  return beginAttempt({ purchase, rules, reader: 'demo:reader', buyer: { ...nobody, ...buyer }, visit, now })
}

function attempt(...given: Parameters<typeof begin>): Attempt {
  const begun = begin(...given)
  assert.ok(!(begun instanceof Problem), begun instanceof Problem ? begun.detail : '')
  return begun
}

function refusal(...given: Parameters<typeof begin>): string {
  const begun = begin(...given)
  assert.ok(begun instanceof Problem)
  return [begun.code, begun.more.reason].filter((word) => word !== undefined).join(' ')
}

describe('an attempt to buy', () => {
  it('fixes what is lower and for how long', () => {
    assert.deepEqual(attempt('lowered').intro, {
      kind: 'discount',
      percentOff: null,
      price: { amount: 500, currency: 'USD' },
      bills: 3,
      months: 3,
      endsAtMs: Date.parse('2027-04-10T12:00:00Z'),
    })
  })

  it('fixes the end of free days, at the site’s local time', () => {
    const { intro } = attempt('free')
    assert.equal(intro?.endsAtMs, Date.parse('2027-01-24T12:00:00Z'))
  })

  it('fixes a gift, and how prices stand to tax and to promotion codes', () => {
    assert.deepEqual(attempt('gift').gift, { price: { amount: 9900, currency: 'USD' }, months: 12 })
    const { tax, promotionCodes, every } = attempt('taxed')
    assert.deepEqual([tax, promotionCodes, every], ['inclusive', true, { unit: 'year', count: 1 }])
  })

  it('names the subscription that goes on, whose next bill is the first lower one', () => {
    const { winsBack, intro } = attempt('go-on', { held: cancelled })
    assert.equal(winsBack, 'sub_a')
    assert.equal(intro?.endsAtMs, Date.parse('2027-04-20T12:00:00Z'))
  })

  it('holds the very terms that were shown', () => {
    const { consent, language } = attempt('lowered')
    assert.match(consent.terms, /^You pay \$5 today, and the same every month: 3 payments in all\./)
    assert.deepEqual([consent.atMs, language], [now, 'en-US'])
  })
})

describe('a reader who may not have an offer', () => {
  it('is told that they have a subscription, whether or not it is cancelled', () => {
    assert.equal(refusal('standing', { held: running }), 'already_subscribed')
    assert.equal(refusal('standing', { held: cancelled }), 'already_subscribed')
    assert.ok(attempt('standing', { held: heldUntil(now) }))
  })

  it('may still give to others', () => {
    assert.ok(attempt('gift', { held: running }))
  })

  it('is told when it is, and when it was', () => {
    assert.equal(refusal('later'), 'offer_unavailable not_started')
    assert.equal(refusal('over'), 'offer_ended')
    assert.equal(refusal('gold'), 'offer_unavailable unknown')
  })

  it('is told for whom it is', () => {
    assert.equal(refusal('members'), 'offer_unavailable audience')
    assert.ok(attempt('members', { registered: true }))
    assert.equal(refusal('back'), 'offer_unavailable audience')
    assert.ok(attempt('back', { bought: ['once'] }))
    assert.equal(refusal('first', { bought: ['once'] }), 'offer_unavailable audience')
    assert.ok(attempt('first'))
  })

  it('is told where it is sold', () => {
    assert.equal(refusal('american'), 'offer_unavailable country')
    assert.equal(refusal('american', { country: 'DE' }), 'offer_unavailable country')
    assert.ok(attempt('american', { country: 'US' }))
  })

  it('is told that they have had it', () => {
    assert.equal(refusal('once', { bought: ['once'] }), 'offer_unavailable once_per_reader')
    assert.ok(attempt('once', { bought: ['standing'] }))
  })

  it('is not refused for where they press the button, nor for what only the meter knows', () => {
    assert.ok(attempt('phones'))
    assert.ok(attempt('newcomers'))
  })

  it('is asked for consent, and to the present terms', () => {
    assert.equal(refusal('lowered', {}, { consent: false }), 'consent_required')
    assert.equal(refusal('lowered', {}, { termsHash: 'of yesterday' }), 'terms_changed')
  })
})

describe('beside the wall', () => {
  const beside = (buyer: Partial<Buyer>, isSoldOut = () => false) =>
    offersBesideTheWall(rules.offers, { buyer: { ...nobody, ...buyer }, isSoldOut, now }).map(({ id }) => id)

  it('everybody can give, and who is cancelling can stay', () => {
    assert.deepEqual(beside({}), ['gift'])
    assert.deepEqual(beside({ held: running }), ['gift'])
    assert.deepEqual(beside({ held: cancelled }), ['gift', 'go-on'])
  })

  it('nothing is offered that is sold out', () => {
    assert.deepEqual(
      beside({}, () => true),
      [],
    )
  })
})

describe('a subscription goes on', () => {
  it('only where its reader has cancelled it and can still read', () => {
    assert.equal(refusal('go-on'), 'offer_unavailable audience')
    assert.equal(refusal('go-on', { held: running }), 'offer_unavailable audience')
    assert.equal(refusal('go-on', { held: heldUntil(now) }), 'offer_unavailable audience')
  })

  it('only if it is one, and not a gift', () => {
    const gift = { ...bought, gift: { price: { amount: 9900, currency: 'USD' as const }, months: 12 } }
    assert.equal(refusal('go-on', { held: heldUntil(now + dayMs, gift) }), 'offer_unavailable audience')
  })

  it('only with the plan and the price that the terms speak of', () => {
    const dearer = { ...bought, regular: { amount: 1499, currency: 'USD' as const } }
    assert.equal(
      refusal('go-on', { held: heldUntil(now + dayMs, dearer) }),
      'offer_unavailable other_subscription',
    )
    const yearly = { ...bought, plan: 'yearly', every: { unit: 'year' as const, count: 1 } }
    assert.equal(
      refusal('go-on', { held: heldUntil(now + dayMs, yearly) }),
      'offer_unavailable other_subscription',
    )
  })

  it('only when the price of its own beginning reaches no further bill', () => {
    const price = { amount: 25, currency: 'USD' as const }
    const introUntil = (endsAtMs: number, collected: 'with_first_bill' | 'now') => ({
      ...bought,
      intro: { kind: 'trial' as const, collected, price, endsAtMs },
    })
    const endsAtMs = now + 10 * dayMs
    const waiting = heldUntil(endsAtMs, introUntil(endsAtMs, 'with_first_bill'))
    assert.equal(refusal('go-on', { held: waiting }), 'offer_unavailable intro_running')
    assert.ok(attempt('go-on', { held: heldUntil(endsAtMs, introUntil(endsAtMs, 'now')) }))
    assert.ok(attempt('go-on', { held: heldUntil(endsAtMs, introUntil(now - dayMs, 'with_first_bill')) }))
    const half = {
      kind: 'discount' as const,
      percentOff: 50,
      price,
      bills: 6,
      months: 6,
      endsAtMs: now + 90 * dayMs,
    }
    assert.equal(
      refusal('go-on', { held: heldUntil(endsAtMs, { ...bought, intro: half }) }),
      'offer_unavailable intro_running',
    )
  })
})
