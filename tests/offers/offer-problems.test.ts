import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { offerProblems } from '../../src/offers/offer-problems.ts'
import { anOffer, aPlan } from './examples.ts'

type Written = Record<string, unknown>

const monthly = { every: { months: 1 } }
const yearly = { price: { amount: 19900, currency: 'USD' }, every: { years: 1 } }
const off = (percent: number, time: unknown) => ({ intro: { kind: 'percent_off', percent, for: time } })
const each = (amount: number, time: unknown) => ({ intro: { kind: 'each_period', amount, for: time } })
const inAll = (amount: number) => ({ intro: { kind: 'in_all', amount, months: 3, belowMinimum: 'defer' } })
const winBack = { audience: ['cancelling'] }
const gift = { gift: { amount: 9900, months: 12 } }

function problemsOf(offer: Written, plan: Written = {}): string[] {
  return offerProblems(anOffer(offer), aPlan(plan)).map(
    ({ path, expected }) => `${path.join('.')}: ${expected}`,
  )
}

describe('an offer that Stripe could not sell, or would sell as something else,', () => {
  for (const [what, offer, plan, problem] of [
    [
      'lowers a yearly bill for some months',
      off(50, { months: 3 }),
      yearly,
      'intro.for: once, or whole billing periods such as { years: 1 }, for a discount lowers whole bills of a year',
    ],
    [
      'lowers bills of four weeks for a year',
      off(50, { years: 1 }),
      {},
      'intro.for: once, or whole billing periods such as { weeks: 12 }, for a discount lowers whole bills of 4 weeks (a coupon of 1 year lowers 14 of them)',
    ],
    [
      'lowers bills of four weeks for a month',
      off(50, { months: 1 }),
      {},
      'intro.for: once, or whole billing periods such as { weeks: 12 }, for a discount lowers whole bills of 4 weeks (a coupon of 1 month lowers 1 or 2 of them)',
    ],
    [
      'lowers a bill and a half',
      off(50, { weeks: 6 }),
      {},
      'intro.for: once, or whole billing periods such as { weeks: 12 }, for a discount lowers whole bills of 4 weeks',
    ],
    [
      'lowers thirteen bills of four weeks, which no months hold',
      off(50, { weeks: 52 }),
      {},
      'intro.for: a number of weeks in which calendar months hold a whole number of bills, for coupons count in months: one of 4, 12, 16, 20, 24, 28, 32, 36, 40, 44, 56, 60, 64, 68, 72, 76, 80, 84, 88, 92, 108, 112, 116, 120, 124, 128, 132, 136, 140, 144',
    ],
    [
      'leaves less than Stripe charges of a bill',
      off(98, 'once'),
      {},
      'intro.percent: a discount that leaves at least 50 (50¢), the least Stripe charges in USD',
    ],
    [
      'takes less than Stripe charges each month',
      each(25, { months: 3 }),
      monthly,
      'intro.amount: at least 50 (50¢), the least Stripe charges in USD',
    ],
    ['lowers nothing', each(1999, 'once'), {}, 'intro.amount: less than the regular price of 1999'],
    [
      'is a gift for less than Stripe charges',
      { gift: { amount: 25, months: 1 } },
      {},
      'gift.amount: at least 50 (50¢), the least Stripe charges in USD',
    ],
    [
      'is a gift with an intro',
      { ...gift, ...inAll(100) },
      {},
      'intro: no intro beside gift, which is paid once and has no regular price after it',
    ],
    [
      'takes promotion codes beside a coupon',
      { ...off(50, 'once'), promotionCodes: true },
      {},
      'promotionCodes: false, for Stripe takes no code beside a discount (percent_off)',
    ],
    [
      'takes promotion codes where nothing is paid',
      { intro: { kind: 'free', days: 14 }, promotionCodes: true },
      {},
      'promotionCodes: false, for this intro leaves nothing to pay that a code could lower',
    ],
    [
      'takes promotion codes where the amount is deferred',
      { ...inAll(25), promotionCodes: true },
      {},
      'promotionCodes: false, for this intro leaves nothing to pay that a code could lower',
    ],
    [
      'is for readers who are cancelling and for others',
      { audience: ['cancelling', 'ended'] },
      {},
      'audience: cancelling alone, for such an offer is about a subscription that runs',
    ],
    [
      'gives readers who are cancelling a new beginning',
      { ...winBack, ...inAll(100) },
      {},
      'intro.kind: each_period or percent_off, for a subscription that goes on has no beginning to be cheap',
    ],
    [
      'lowers several bills of four weeks for readers who are cancelling',
      { ...winBack, ...off(50, { weeks: 12 }) },
      {},
      'intro.for: once, for the months of a coupon that begins in the middle of a period hold no certain number of bills by the week',
    ],
    [
      'takes promotion codes without a payment page',
      { ...winBack, promotionCodes: true },
      {},
      'promotionCodes: false, for a subscription goes on without a payment page where a code is entered',
    ],
    [
      'is a gift for readers who are cancelling',
      { ...winBack, ...gift },
      {},
      'gift: no gift for readers who are cancelling, whose own subscription goes on',
    ],
  ] satisfies [string, Written, Written, string][]) {
    it(`${what}, is told why at the field`, () => assert.deepEqual(problemsOf(offer, plan), [problem]))
  }
})

describe('an offer that can be sold', () => {
  for (const [what, offer, plan] of [
    ['a percentage off the first year of a yearly plan', off(50, { years: 1 }), yearly],
    ['the same said in months', off(50, { months: 12 }), yearly],
    ['a percentage off a year of months', off(50, { years: 1 }), monthly],
    ['an amount for twelve weeks, billed every four', each(100, { weeks: 12 }), {}],
    ['the same said in days', each(100, { days: 84 }), {}],
    ['exactly what Stripe charges', each(50, 'once'), {}],
    ['promotion codes at the regular price', { promotionCodes: true }, {}],
    ['promotion codes on an intro that is paid at once', { ...inAll(500), promotionCodes: true }, {}],
    ['promotion codes on a gift', { ...gift, promotionCodes: true }, {}],
    ['a lower price for readers who are cancelling', { ...winBack, ...off(50, { months: 6 }) }, monthly],
  ] satisfies [string, Written, Written][]) {
    it(`has ${what}`, () => assert.deepEqual(problemsOf(offer, plan), []))
  }
})
