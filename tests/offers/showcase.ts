/** A kind of offer, as people write it, and what it is called. */
export type Showcase = { name: string; offer: Record<string, unknown>; plan?: Record<string, unknown> }

const fourWeekly = { price: { amount: 1999, currency: 'USD' }, every: { weeks: 4 } }
const monthly = { price: { amount: 1999, currency: 'USD' }, every: { months: 1 } }
const yearly = { price: { amount: 19900, currency: 'USD' }, every: { years: 1 } }

/** Every way in which an offer begins, on plans by the month, by four weeks and by the year. */
export const showcase: readonly Showcase[] = [
  { name: 'No intro, every four weeks', offer: {}, plan: fourWeekly },
  { name: 'No intro, every month', offer: {}, plan: monthly },
  { name: 'No intro, every year', offer: {}, plan: yearly },
  {
    name: 'One amount for the whole intro',
    offer: { intro: { kind: 'in_all', amount: 100, months: 3 } },
  },
  {
    name: 'One amount below the minimum, deferred',
    offer: { intro: { kind: 'in_all', amount: 25, months: 5, belowMinimum: 'defer' } },
  },
  {
    name: 'One amount below the minimum, waived',
    offer: { intro: { kind: 'in_all', amount: 25, months: 5, belowMinimum: 'waive' } },
  },
  {
    name: 'One month below the minimum, deferred, every month',
    offer: { intro: { kind: 'in_all', amount: 25, months: 1, belowMinimum: 'defer' } },
    plan: monthly,
  },
  {
    name: 'An amount each month',
    offer: { intro: { kind: 'each_period', amount: 100, for: { months: 3 } } },
    plan: monthly,
  },
  {
    name: 'An amount every four weeks',
    offer: { intro: { kind: 'each_period', amount: 100, for: { weeks: 12 } } },
  },
  {
    name: 'An amount for the first month',
    offer: { intro: { kind: 'each_period', amount: 100, for: 'once' } },
    plan: monthly,
  },
  {
    name: 'An amount for the first two years',
    offer: { intro: { kind: 'each_period', amount: 9900, for: { years: 2 } } },
    plan: yearly,
  },
  {
    name: 'A percentage off for a year of months',
    offer: { intro: { kind: 'percent_off', percent: 50, for: { years: 1 } } },
    plan: monthly,
  },
  {
    name: 'A percentage off for two months',
    offer: { intro: { kind: 'percent_off', percent: 30, for: { months: 2 } } },
    plan: monthly,
  },
  {
    name: 'A percentage off the first four weeks',
    offer: { intro: { kind: 'percent_off', percent: 50, for: 'once' } },
  },
  {
    name: 'A percentage off the first year',
    offer: { intro: { kind: 'percent_off', percent: 25, for: { years: 1 } } },
    plan: yearly,
  },
  { name: 'Free for some days', offer: { intro: { kind: 'free', days: 14 } }, plan: monthly },
  {
    name: 'The subscription goes on, at the regular price',
    offer: { audience: ['cancelling'] },
    plan: monthly,
  },
  {
    name: 'The subscription goes on, at an amount for some months',
    offer: { audience: ['cancelling'], intro: { kind: 'each_period', amount: 500, for: { months: 3 } } },
    plan: monthly,
  },
  {
    name: 'The subscription goes on, at a percentage off the next bill',
    offer: { audience: ['cancelling'], intro: { kind: 'percent_off', percent: 50, for: 'once' } },
  },
  { name: 'A gift of a year', offer: { gift: { amount: 9900, months: 12 } } },
  { name: 'A gift of a month', offer: { gift: { amount: 1500, months: 1 } } },
  {
    name: 'Tax in the prices, and promotion codes',
    offer: { promotionCodes: true, endsAt: '2026-12-24T00:00:00-05:00' },
    plan: { ...monthly, tax: 'inclusive' },
  },
  {
    name: 'Tax on top, in a sale that ends soon',
    offer: { intro: { kind: 'in_all', amount: 100, months: 11 }, endsAt: '2026-12-02T00:00:00-05:00' },
    plan: { ...monthly, tax: 'exclusive' },
  },
  {
    name: 'In euros',
    offer: { intro: { kind: 'each_period', amount: 199, for: { months: 6 } } },
    plan: { price: { amount: 1499, currency: 'EUR' }, every: { months: 1 }, tax: 'inclusive' },
  },
]
