import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Attempt } from '../../src/subscriptions/attempt.ts'
import { boughtAtMs, dayMs, monthsLater, openPayments, textOf, usd } from './paying.ts'

type Offer = {
  sold: string
  attempt: Partial<Attempt>
  /** How long the reader stays, and what they are charged meanwhile, in cents. */
  until: number
  bills: number[]
  /** What Checkout says. */
  page: RegExp[]
}

const trial = (intro: Omit<Extract<Attempt['intro'], { kind: 'trial' }>, 'kind'>): Attempt['intro'] => ({
  kind: 'trial',
  ...intro,
})
const discount = (
  intro: Omit<Extract<Attempt['intro'], { kind: 'discount' }>, 'kind' | 'endsAtMs'>,
): Attempt['intro'] => ({ kind: 'discount', endsAtMs: monthsLater(intro.months ?? 1), ...intro })
const oneYear = { unit: 'year', count: 1 } as const
const fourWeeks = { unit: 'week', count: 4 } as const

const offers: Offer[] = [
  {
    sold: '$20 a month',
    attempt: {},
    until: monthsLater(2),
    bills: [2000, 2000, 2000],
    page: [/\$20\.00 due today/, /\$20\.00 per month\. Renews on December 24, 2026/],
  },
  {
    sold: '$1 for 3 months in all, then $20 a month',
    attempt: { intro: trial({ collected: 'now', price: usd(100), endsAtMs: monthsLater(3) }) },
    until: monthsLater(4),
    bills: [100, 2000, 2000],
    page: [/\$1\.00 due today/, /Then \$20\.00 per month, from February 24, 2027/],
  },
  {
    sold: '25¢ for 5 months, added to the first regular bill',
    attempt: { intro: trial({ collected: 'with_first_bill', price: usd(25), endsAtMs: monthsLater(5) }) },
    until: monthsLater(6),
    bills: [2025, 2000],
    page: [/\$0\.00 due today/, /Then \$20\.00 per month, from April 24, 2027/],
  },
  {
    sold: 'nothing for 5 months, where an intro below the minimum is waived',
    attempt: { intro: trial({ collected: 'never', price: usd(0), endsAtMs: monthsLater(5) }) },
    until: monthsLater(6),
    bills: [2000, 2000],
    page: [/\$0\.00 due today/],
  },
  {
    sold: 'free for 14 days',
    attempt: { intro: trial({ collected: 'never', price: usd(0), endsAtMs: boughtAtMs + 14 * dayMs }) },
    until: boughtAtMs + 14 * dayMs,
    bills: [2000],
    page: [/\$0\.00 due today/, /Then \$20\.00 per month, from December 8, 2026/],
  },
  {
    sold: 'free for a day, which is less than Stripe lets a trial’s end be away',
    attempt: { intro: trial({ collected: 'never', price: usd(0), endsAtMs: boughtAtMs + dayMs }) },
    until: boughtAtMs + dayMs,
    bills: [2000],
    page: [/Then \$20\.00 per month, from November 25, 2026/],
  },
  {
    sold: '$1 a month for 3 months, then $20',
    attempt: { intro: discount({ percentOff: null, price: usd(100), bills: 3, months: 3 }) },
    until: monthsLater(4),
    bills: [100, 100, 100, 2000, 2000],
    page: [/\$1\.00 due today/, /\$1\.00 per month for 3 months, then \$20\.00 per month/],
  },
  {
    sold: '50% off for a year',
    attempt: { intro: discount({ percentOff: 50, price: usd(1000), bills: 12, months: 12 }) },
    until: monthsLater(12),
    bills: [...Array(12).fill(1000), 2000],
    page: [/\$10\.00 due today/, /\$10\.00 per month for 12 months, then \$20\.00 per month/],
  },
  {
    sold: 'a third off, to the cent that was promised',
    attempt: { intro: discount({ percentOff: 33.33, price: usd(1330), bills: 2, months: 2 }) },
    until: monthsLater(2),
    bills: [1330, 1330, 2000],
    page: [/\$13\.30 due today/],
  },
  {
    sold: 'the first bill at half price',
    attempt: { intro: discount({ percentOff: 50, price: usd(1000), bills: 1, months: null }) },
    until: monthsLater(2),
    bills: [1000, 2000, 2000],
    page: [/\$10\.00 due today/, /\$10\.00 once, then \$20\.00 per month/],
  },
  {
    sold: '50% off for a year on a plan of 4 weeks, which bills 14 times in a year',
    attempt: {
      every: fourWeeks,
      intro: discount({ percentOff: 50, price: usd(1000), bills: 14, months: 12 }),
    },
    until: boughtAtMs + 14 * 28 * dayMs,
    bills: [...Array(14).fill(1000), 2000],
    page: [/\$10\.00 every 4 weeks/],
  },
  {
    sold: 'a year at half price, then $99 a year',
    attempt: {
      regular: usd(9900),
      every: oneYear,
      intro: discount({ percentOff: 50, price: usd(4950), bills: 1, months: null }),
    },
    until: monthsLater(12),
    bills: [4950, 9900],
    page: [/\$49\.50 due today/, /\$49\.50 once, then \$99\.00 per year/],
  },
  {
    sold: '$1 for 3 months and $20 a month, with tax on top',
    attempt: {
      tax: 'exclusive',
      intro: trial({ collected: 'now', price: usd(100), endsAtMs: monthsLater(3) }),
    },
    until: monthsLater(3),
    bills: [110, 2200],
    page: [/\$1\.10 due today/, /Tax \(10%\) \$0\.10/, /Then \$22\.00 per month/],
  },
  {
    sold: '25¢ with the first bill and $20 a month, with tax on top',
    attempt: {
      tax: 'exclusive',
      intro: trial({ collected: 'with_first_bill', price: usd(25), endsAtMs: monthsLater(5) }),
    },
    until: monthsLater(5),
    bills: [2228],
    page: [/Then \$22\.00 per month/],
  },
  {
    sold: '$10 a month for 3 months, then $20, tax included',
    attempt: {
      tax: 'inclusive',
      intro: discount({ percentOff: null, price: usd(1000), bills: 3, months: 3 }),
    },
    until: monthsLater(3),
    bills: [1000, 1000, 1000, 2000],
    page: [/\$10\.00 due today/, /Of it tax \(10%\) \$0\.91/],
  },
]

describe('what a reader is charged, from the first day on', () => {
  for (const { sold, attempt: changes, until, bills, page } of offers) {
    it(`who buys ${sold}: ${bills.slice(0, 5).join(', ')}${bills.length > 5 ? ' …' : ''}`, async () => {
      await using shop = await openPayments()
      const attempt = shop.attempt(changes)
      const customer = await shop.payments.customerOf(attempt.reader)
      const { url } = await shop.payments.openCheckout(attempt, customer)
      const text = await textOf(url)
      for (const words of page) assert.match(text, words)
      const { id } = await shop.buy(attempt)
      await shop.waitUntil(until)
      assert.deepEqual(await shop.collected(id), bills)
    })
  }

  it('is what was announced as the next bill, every time', async () => {
    for (const { attempt: changes } of offers.filter(({ attempt }) => attempt.every === undefined)) {
      await using shop = await openPayments()
      let { id, nextBill } = await shop.buy(shop.attempt(changes))
      for (let bill = 1; bill <= 5; bill += 1) {
        assert.ok(nextBill)
        await shop.waitUntil(nextBill.atMs)
        assert.equal((await shop.collected(id)).at(-1), nextBill.amount.amount)
        nextBill = (await shop.now(id)).nextBill
      }
    }
  })

  it('is nothing, and no next bill is announced, for who leaves during the intro', async () => {
    await using shop = await openPayments()
    const intro = trial({ collected: 'with_first_bill', price: usd(25), endsAtMs: monthsLater(5) })
    const attempt = shop.attempt({ intro })
    const { id } = await shop.buy(attempt)
    await shop.payments.setToEnd(id)
    const ending = await shop.now(id)
    assert.equal(await shop.payments.settleIntroCharge(ending, attempt), true)
    assert.equal(ending.nextBill, null)
    await shop.waitUntil(monthsLater(7))
    assert.deepEqual(await shop.collected(id), [])
    assert.equal((await shop.now(id)).status, 'canceled')
  })
})
