import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { currencies, minimumCharge } from '../../src/offers/minimum-charge.ts'
import { periodOf, planSchema } from '../../src/offers/plan.ts'
import { aPlan } from './examples.ts'

describe('a plan', () => {
  it('has a regular price of at least what Stripe charges, in every currency', () => {
    for (const currency of currencies) {
      const least = minimumCharge(currency)
      assert.equal(aPlan({ price: { amount: least, currency } }).price.amount, least)
      const tooLittle = planSchema.safeParse({ ...aPlan(), price: { amount: least - 1, currency } })
      assert.deepEqual(tooLittle.error?.issues[0]?.path, ['price', 'amount'], currency)
    }
  })

  it('is billed every so many days, weeks, months or years', () => {
    assert.deepEqual(
      [{ days: 30 }, { weeks: 4 }, { months: 1 }, { years: 1 }].map((every) => periodOf(aPlan({ every }))),
      [
        { unit: 'day', count: 30 },
        { unit: 'week', count: 4 },
        { unit: 'month', count: 1 },
        { unit: 'year', count: 1 },
      ],
    )
  })

  it('has exactly one period, of three years at most', () => {
    for (const every of [
      {},
      { weeks: 0 },
      { weeks: 4, months: 1 },
      { weeks: 1.5 },
      { years: 4 },
      { fortnights: 2 },
      'month',
    ]) {
      assert.equal(planSchema.safeParse({ ...aPlan(), every }).success, false, JSON.stringify(every))
    }
  })
})
