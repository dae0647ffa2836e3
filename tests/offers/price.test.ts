import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { currencies, minimumCharge } from '../../src/offers/minimum-charge.ts'
import { priceOf } from '../../src/offers/price.ts'
import { anOffer, aPlan, quarterDollarSale } from './examples.ts'

const timeZone = 'America/New_York'
const now = Date.parse('2026-11-24T09:30:00-05:00')
const introEnd = Date.parse('2027-04-24T09:30:00-04:00')
const every = { unit: 'week', count: 4 }
const usd = (amount: number) => ({ amount, currency: 'USD' })

function priceWith(intro?: Record<string, unknown>) {
  return priceOf({ offer: anOffer({ intro }), plan: aPlan(), now, timeZone })
}

describe('the price of an offer', () => {
  it('adds an intro too small to charge to the first regular bill', () => {
    assert.deepEqual(priceWith(quarterDollarSale), {
      dueNow: usd(0),
      introCharge: { policy: 'deferred', amount: usd(25) },
      introEndsAt: introEnd,
      firstRegularBillAt: introEnd,
      firstRegularBill: usd(2024),
      regular: usd(1999),
      every,
    })
  })

  it('takes nothing for an intro that is waived', () => {
    assert.deepEqual(priceWith({ ...quarterDollarSale, belowMinimum: 'waive' }), {
      dueNow: usd(0),
      introCharge: { policy: 'waived', amount: usd(0) },
      introEndsAt: introEnd,
      firstRegularBillAt: introEnd,
      firstRegularBill: usd(1999),
      regular: usd(1999),
      every,
    })
  })

  it('takes an intro that can be charged at once, whatever the policy for smaller ones', () => {
    for (const belowMinimum of ['defer', 'waive', 'forbid']) {
      assert.deepEqual(priceWith({ ...quarterDollarSale, amount: 50, belowMinimum }), {
        dueNow: usd(50),
        introCharge: { policy: 'charged_now', amount: usd(50) },
        introEndsAt: introEnd,
        firstRegularBillAt: introEnd,
        firstRegularBill: usd(1999),
        regular: usd(1999),
        every,
      })
    }
  })

  it('is the regular price at once without an intro', () => {
    assert.deepEqual(priceWith(), {
      dueNow: usd(1999),
      introCharge: { policy: 'none', amount: usd(0) },
      introEndsAt: null,
      firstRegularBillAt: now,
      firstRegularBill: usd(1999),
      regular: usd(1999),
      every,
    })
  })

  it('does not exist for an intro too small to charge that may be neither deferred nor waived', () => {
    assert.throws(
      () => priceWith({ ...quarterDollarSale, belowMinimum: 'forbid' }),
      /less than Stripe charges/,
    )
  })

  it('never asks Stripe for less than it charges, and loses no amount', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...currencies),
        fc.integer({ min: 1, max: 50_000 }),
        fc.constantFrom('defer', 'waive'),
        (currency, amount, belowMinimum) => {
          const least = minimumCharge(currency)
          const plan = aPlan({ price: { amount: least, currency } })
          const offer = anOffer({ intro: { kind: 'in_all', amount, months: 3, belowMinimum } })
          const price = priceOf({ offer, plan, now, timeZone })
          for (const due of [price.dueNow, price.firstRegularBill]) {
            assert.ok(due.amount === 0 || due.amount >= least)
            assert.equal(due.currency, currency)
          }
          assert.equal(
            price.dueNow.amount + price.firstRegularBill.amount,
            price.introCharge.amount.amount + least,
          )
          const waived = belowMinimum === 'waive' && amount < least
          assert.equal(price.introCharge.amount.amount, waived ? 0 : amount)
        },
      ),
    )
  })
})

describe('the end of an intro', () => {
  for (const [from, months, zone, until] of [
    ['2026-09-30T12:00:00-04:00', 5, 'America/New_York', '2027-02-28T12:00:00-05:00'],
    ['2027-09-30T12:00:00-04:00', 5, 'America/New_York', '2028-02-29T12:00:00-05:00'],
    ['2027-01-31T23:59:59-05:00', 1, 'America/New_York', '2027-02-28T23:59:59-05:00'],
    ['2027-02-14T02:30:00-05:00', 1, 'America/New_York', '2027-03-14T03:30:00-04:00'],
    // In New York it is still 30 September, in Auckland already 1 October.
    ['2026-09-30T23:30:00-04:00', 5, 'America/New_York', '2027-02-28T23:30:00-05:00'],
    ['2026-10-01T16:30:00+13:00', 5, 'Pacific/Auckland', '2027-03-01T16:30:00+13:00'],
  ] as const) {
    it(`is ${until} in ${zone} for ${months} months from ${from}`, () => {
      const offer = anOffer({ intro: { ...quarterDollarSale, months } })
      const price = priceOf({ offer, plan: aPlan(), now: Date.parse(from), timeZone: zone })
      assert.equal(price.introEndsAt, Date.parse(until))
    })
  }

  it('is the same day and local time so many months later, or the last day of a shorter month', () => {
    const zones = fc.constantFrom(
      'America/New_York',
      'Europe/Berlin',
      'Asia/Kolkata',
      'Pacific/Apia',
      'Australia/Lord_Howe',
    )
    const instants = fc.date({
      min: new Date('2025-01-01'),
      max: new Date('2035-12-31'),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 24 }), zones, (start, months, zone) => {
        const offer = anOffer({ intro: { ...quarterDollarSale, months } })
        const { introEndsAt } = priceOf({ offer, plan: aPlan(), now: start.getTime(), timeZone: zone })
        assert.ok(introEndsAt !== null)
        const from = local(start.getTime(), zone)
        const until = local(introEndsAt, zone)
        assert.equal(until.year * 12 + until.month, from.year * 12 + from.month + months)
        assert.equal(until.day, Math.min(from.day, until.daysInMonth))
        const sameTime = until
          .toPlainDate()
          .toZonedDateTime({ timeZone: zone, plainTime: from.toPlainTime() })
        assert.equal(introEndsAt, sameTime.epochMilliseconds)
        assert.ok(introEndsAt - start.getTime() > 48 * 60 * 60 * 1000, 'Stripe wants 48 hours')
      }),
    )
  })
})

function local(instant: number, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone)
}
