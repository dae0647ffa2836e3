import fc from 'fast-check'
import { currencies, minimumCharge } from '../../src/offers/minimum-charge.ts'
import type { Offer } from '../../src/offers/offer.ts'
import { offerProblems } from '../../src/offers/offer-problems.ts'
import type { Plan } from '../../src/offers/plan.ts'
import { anOffer, aPlan } from './examples.ts'

const whole = (least: number, most: number) => fc.integer({ min: least, max: most })

const someTime = fc.oneof(
  fc.constant('once'),
  whole(1, 60).map((days) => ({ days })),
  whole(1, 60).map((weeks) => ({ weeks })),
  whole(1, 36).map((months) => ({ months })),
  whole(1, 3).map((years) => ({ years })),
)

const someIntro = fc.oneof(
  fc.record({
    kind: fc.constant('in_all'),
    amount: whole(1, 50_000),
    months: whole(1, 24),
    belowMinimum: fc.constantFrom('defer', 'waive', 'forbid'),
  }),
  fc.record({ kind: fc.constant('each_period'), amount: whole(0, 50_000), for: someTime }),
  fc.record({ kind: fc.constant('percent_off'), percent: whole(1, 99), for: someTime }),
  fc.record({ kind: fc.constant('free'), days: whole(3, 730) }),
  fc.constant(undefined),
)

const somePlan = fc
  .record({
    currency: fc.constantFrom(...currencies),
    above: whole(0, 1_000_000),
    every: fc.constantFrom(
      { weeks: 4 },
      { weeks: 1 },
      { months: 1 },
      { months: 3 },
      { years: 1 },
      { days: 30 },
    ),
  })
  .map(({ currency, above, every }) =>
    aPlan({ price: { amount: minimumCharge(currency) + above, currency }, every }),
  )

/** Any offer that validates, with the plan it sells: with every kind of intro and none, a gift, or a win-back. */
export const anyOffer: fc.Arbitrary<{ offer: Offer; plan: Plan }> = fc
  .record({
    intro: someIntro,
    plan: somePlan,
    audience: fc.option(fc.constant(['cancelling']), { nil: undefined }),
    gift: fc.option(fc.record({ amount: whole(1, 50_000), months: whole(1, 60) }), { nil: undefined }),
  })
  .map(({ plan, ...written }) => ({ offer: anOffer(written), plan }))
  .filter(({ offer, plan }) => offerProblems(offer, plan).length === 0)

export const anyInstant = fc
  .date({ min: new Date('2026-01-01'), max: new Date('2036-01-01'), noInvalidDate: true })
  .map((date) => Math.floor(date.getTime() / 1000) * 1000)
