import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { winsBack } from '../../src/offers/audience.ts'
import { minimumCharge } from '../../src/offers/minimum-charge.ts'
import type { Money } from '../../src/offers/money.ts'
import { type Price, priceOf } from '../../src/offers/price.ts'
import { anyInstant, anyOffer } from './any-offer.ts'
import { anOffer, aPlan, quarterDollarSale } from './examples.ts'

const timeZone = 'America/New_York'
const now = Date.parse('2026-11-24T09:30:00-05:00')
const introEnd = Date.parse('2027-04-24T09:30:00-04:00')
const monthly = { every: { months: 1 } }
const usd = (amount: number) => ({ amount, currency: 'USD' })
const at = (date: string) => Date.parse(`${date}T14:30:00Z`)

type Written = Record<string, unknown>

function priceWith(intro?: Written, plan: Written = {}) {
  return priceOf({ offer: anOffer({ intro }), plan: aPlan(plan), tax: 'none', now, timeZone })
}

describe('the price of an offer', () => {
  it('adds an intro too small to charge to the first regular bill', () => {
    const bill = { amount: usd(2024), atMs: introEnd }
    assert.deepEqual(priceWith(quarterDollarSale), {
      dueNow: usd(0),
      intro: { kind: 'trial', collected: 'with_first_bill', price: usd(25), endsAtMs: introEnd },
      gift: null,
      firstRegularBill: bill,
      nextBill: bill,
      regular: usd(1999),
      every: { unit: 'week', count: 4 },
      tax: 'none',
    })
  })

  it('takes nothing for an intro that is waived', () => {
    const price = priceWith({ ...quarterDollarSale, belowMinimum: 'waive' })
    assert.deepEqual(price.dueNow, usd(0))
    assert.deepEqual(price.intro, { kind: 'trial', collected: 'never', price: usd(0), endsAtMs: introEnd })
    assert.deepEqual(price.firstRegularBill, { amount: usd(1999), atMs: introEnd })
  })

  it('takes an intro that can be charged at once, whatever the policy for smaller ones', () => {
    for (const belowMinimum of ['defer', 'waive', 'forbid']) {
      const price = priceWith({ ...quarterDollarSale, amount: 50, belowMinimum })
      assert.deepEqual(price.dueNow, usd(50))
      assert.deepEqual(price.intro, { kind: 'trial', collected: 'now', price: usd(50), endsAtMs: introEnd })
      assert.deepEqual(price.firstRegularBill, { amount: usd(1999), atMs: introEnd })
    }
  })

  it('is the regular price at once without an intro', () => {
    const price = priceWith()
    assert.deepEqual([price.dueNow, price.intro], [usd(1999), null])
    assert.deepEqual(price.firstRegularBill, { amount: usd(1999), atMs: now })
    assert.deepEqual(price.nextBill, { amount: usd(1999), atMs: at('2026-12-22') })
  })

  it('does not exist for an intro too small to charge that may be neither deferred nor waived', () => {
    assert.throws(
      () => priceWith({ ...quarterDollarSale, belowMinimum: 'forbid' }),
      /less than Stripe charges/,
    )
  })

  it('lowers each of the first bills to an amount, for so many months', () => {
    const price = priceWith({ kind: 'each_period', amount: 100, for: { months: 3 } }, monthly)
    assert.deepEqual(price.dueNow, usd(100))
    assert.deepEqual(price.intro, {
      kind: 'discount',
      percentOff: null,
      price: usd(100),
      bills: 3,
      months: 3,
      endsAtMs: at('2027-02-24'),
    })
    assert.deepEqual(price.nextBill, { amount: usd(100), atMs: at('2026-12-24') })
    assert.deepEqual(price.firstRegularBill, { amount: usd(1999), atMs: at('2027-02-24') })
  })

  it('lowers the first bill only, where the discount is for once', () => {
    const { intro, nextBill } = priceWith({ kind: 'percent_off', percent: 50, for: 'once' })
    assert.deepEqual(intro, {
      kind: 'discount',
      percentOff: 50,
      price: usd(999),
      bills: 1,
      months: null,
      endsAtMs: at('2026-12-22'),
    })
    assert.deepEqual(nextBill, { amount: usd(1999), atMs: at('2026-12-22') })
  })

  it('tells Stripe the months that hold just the bills meant, where a plan is not by the month', () => {
    const { intro } = priceWith({ kind: 'each_period', amount: 100, for: { weeks: 12 } })
    assert.ok(intro?.kind === 'discount')
    assert.deepEqual([intro.bills, intro.months, intro.endsAtMs], [3, 2, at('2027-02-16')])
  })

  it('is free for so many days of the site’s calendar', () => {
    const { dueNow, intro, nextBill } = priceWith({ kind: 'free', days: 14 })
    const endsAtMs = Date.parse('2026-12-08T09:30:00-05:00')
    assert.deepEqual(
      [dueNow, intro],
      [usd(0), { kind: 'trial', collected: 'never', price: usd(0), endsAtMs }],
    )
    assert.deepEqual(nextBill, { amount: usd(1999), atMs: endsAtMs })
  })

  it('of a gift is paid once, and nothing follows', () => {
    const offer = anOffer({ gift: { amount: 9900, months: 12 } })
    const price = priceOf({ offer, plan: aPlan(), tax: 'inclusive', now, timeZone })
    assert.deepEqual([price.dueNow, price.gift], [usd(9900), { price: usd(9900), months: 12 }])
    assert.deepEqual([price.intro, price.nextBill, price.firstRegularBill], [null, null, null])
    assert.equal(price.tax, 'inclusive')
  })

  it('of a subscription that goes on begins with its next bill, and nothing is due today', () => {
    const intro = { kind: 'each_period', amount: 500, for: { months: 2 } }
    const offer = anOffer({ audience: ['cancelling'], intro })
    const nextBillAtMs = at('2026-12-10')
    const price = priceOf({ offer, plan: aPlan(monthly), tax: 'none', now, timeZone, nextBillAtMs })
    assert.deepEqual(price.dueNow, usd(0))
    assert.deepEqual(price.nextBill, { amount: usd(500), atMs: nextBillAtMs })
    assert.deepEqual(price.firstRegularBill, { amount: usd(1999), atMs: at('2027-02-10') })
  })

  it('bills by the calendar of UTC, from the first bill each time, as Stripe does', () => {
    const lastOfJanuary = Date.parse('2027-01-31T12:00:00Z')
    const intro = { kind: 'each_period', amount: 100, for: { months: 2 } }
    const offer = anOffer({ intro })
    const price = priceOf({ offer, plan: aPlan(monthly), tax: 'none', now: lastOfJanuary, timeZone })
    assert.equal(price.nextBill?.atMs, Date.parse('2027-02-28T12:00:00Z'))
    assert.equal(price.firstRegularBill?.atMs, Date.parse('2027-03-31T12:00:00Z'))
  })
})

describe('whatever offer validates', () => {
  it('never has Stripe take less than it charges, nor more than the regular price and what waited', () => {
    fc.assert(
      fc.property(anyOffer, ({ offer, plan }) => {
        const price = priceOf({ offer, plan, tax: 'none', now, timeZone })
        const least = minimumCharge(plan.price.currency)
        const bills = [price.dueNow, ...billsOf(price)]
        for (const bill of bills) {
          assert.equal(bill.currency, plan.price.currency)
          assert.ok(bill.amount === 0 || bill.amount >= least, `${bill.amount} of ${least}`)
        }
        if (price.firstRegularBill === null) return
        const isDeferred = price.intro?.kind === 'trial' && price.intro.collected === 'with_first_bill'
        const waited = isDeferred ? (price.intro?.price.amount ?? 0) : 0
        assert.equal(price.firstRegularBill.amount.amount, plan.price.amount + waited)
        assert.ok(price.firstRegularBill.atMs >= now)
      }),
    )
  })

  it('lowers by a coupon of whole months exactly the bills it says, whenever the reader buys', () => {
    fc.assert(
      fc.property(anyOffer, anyInstant, ({ offer, plan }, begun) => {
        fc.pre(!winsBack(offer))
        const price = priceOf({ offer, plan, tax: 'none', now: begun, timeZone })
        if (price.intro?.kind !== 'discount' || price.intro.months === null) return
        const first = local(begun, 'UTC')
        const discountEnds = first.add({ months: price.intro.months }).epochMilliseconds
        const { unit, count } = price.every
        const billed = (many: number) => first.add({ [`${unit}s`]: count * many }).epochMilliseconds
        assert.ok(billed(price.intro.bills - 1) < discountEnds, 'the last lowered bill is lowered')
        assert.ok(billed(price.intro.bills) >= discountEnds, 'the first regular bill is not')
      }),
      { numRuns: 500 },
    )
  })
})

function billsOf({ nextBill, firstRegularBill }: Price): Money[] {
  return [nextBill, firstRegularBill].flatMap((bill) => (bill === null ? [] : [bill.amount]))
}

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
      assert.equal(introEndOf({ months, now: Date.parse(from), zone }), Date.parse(until))
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
        const introEnds = introEndOf({ months, now: start.getTime(), zone })
        assert.ok(introEnds !== undefined)
        const from = local(start.getTime(), zone)
        const until = local(introEnds, zone)
        assert.equal(until.year * 12 + until.month, from.year * 12 + from.month + months)
        assert.equal(until.day, Math.min(from.day, until.daysInMonth))
        const sameTime = until
          .toPlainDate()
          .toZonedDateTime({ timeZone: zone, plainTime: from.toPlainTime() })
        assert.equal(introEnds, sameTime.epochMilliseconds)
        assert.ok(introEnds - start.getTime() > 48 * 60 * 60 * 1000, 'Stripe wants 48 hours')
      }),
    )
  })

  it('is more than 48 hours ahead for the fewest free days, also over a change of the clocks', () => {
    const zone = 'Europe/Berlin'
    const begun = Date.parse('2027-03-27T12:00:00+01:00')
    const offer = anOffer({ intro: { kind: 'free', days: 3 } })
    const { intro } = priceOf({ offer, plan: aPlan(), tax: 'none', now: begun, timeZone: zone })
    assert.equal(intro?.endsAtMs, Date.parse('2027-03-30T12:00:00+02:00'))
  })
})

function introEndOf({ months, now, zone }: { months: number; now: number; zone: string }) {
  const offer = anOffer({ intro: { ...quarterDollarSale, months } })
  return priceOf({ offer, plan: aPlan(), tax: 'none', now, timeZone: zone }).intro?.endsAtMs
}

function local(instant: number, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone)
}
