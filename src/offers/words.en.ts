import { type Catalogue, pluralsOf, type WrittenFacts } from './catalogue.ts'
import type { Period } from './plan.ts'

export const englishWords: Catalogue = {
  price: {
    regular: ({ regular, period }) => `${regular} ${every(period)}`,
    paid: ({ intro, length }) => `Only ${intro} for ${count(length)}`,
    free: ({ length }) => `Free for ${count(length)}`,
    first_at: ({ intro, period }) => `Only ${intro} for the first ${length(period)}`,
    first_off: ({ percent, period }) => `${percent} off the first ${length(period)}`,
    several_at: ({ intro, period, length }) => `${intro} ${a(period)} for ${count(length)}`,
    several_off: ({ percent, length }) => `${percent} off for ${count(length)}`,
    next_at: ({ intro }) => `Only ${intro} on your next bill`,
    next_off: ({ percent }) => `${percent} off your next bill`,
    gift: ({ dueNow, length }) => `${dueNow} for ${count(length)}, as a gift`,
  },
  terms: {
    regular: (facts) =>
      `You pay ${facts.dueNow} today for the first ${length(facts.period)}. ` +
      `Your subscription then ${renews(facts)} ` +
      'Cancel anytime in your account; cancel before a renewal and you pay nothing more.',
    paid: (facts) =>
      `You pay ${facts.dueNow} today for the first ${length(facts.length)}. ` +
      `On ${facts.firstRegularBillDate} your subscription ${renews(facts)} ` +
      `Cancel anytime in your account; cancel before ${facts.firstRegularBillDate} and you pay nothing more.`,
    deferred: (facts) =>
      `Nothing to pay today. On ${facts.firstRegularBillDate} your first bill comes to ${facts.firstRegularBill}: ` +
      `${facts.intro} for the ${length(facts.length)} until then, ` +
      `plus ${facts.regular} for the ${length(facts.period)} after. ` +
      `Your subscription then ${renews(facts)} ` +
      `Cancel anytime in your account; cancel before ${facts.firstRegularBillDate} and you pay nothing.`,
    free: (facts) =>
      `Nothing to pay today: the first ${length(facts.length)} ${facts.length.count === 1 ? 'is' : 'are'} free. ` +
      `On ${facts.firstRegularBillDate} your subscription ${renews(facts)} ` +
      `Cancel anytime in your account; cancel before ${facts.firstRegularBillDate} and you pay nothing.`,
    several: (facts) =>
      `You pay ${facts.intro} today, and the same every ${length(facts.period)}: ${facts.number(facts.bills)} payments in all. ` +
      `On ${facts.firstRegularBillDate} your subscription ${renews(facts)} ` +
      'Cancel anytime in your account; cancel before a renewal and you pay nothing more.',
    goes_on: (facts) =>
      'Nothing to pay today. Your subscription goes on when the time you have paid for ends, and ' +
      `${renews(facts)} ${cancelBeforeRenewal}`,
    goes_on_discounted: (facts) =>
      'Nothing to pay today. Your subscription goes on when the time you have paid for ends. ' +
      `${nextBills(facts)} instead of ${facts.regular}. ` +
      `Your subscription then ${renews(facts)} ${cancelBeforeRenewal}`,
    gift: (facts) =>
      `You pay ${facts.dueNow} today, once. You get a link to pass on: whoever redeems it first can read for ` +
      `${count(facts.length)} from that day. Nothing renews, and nothing more is charged.`,
  },
  tax: { inclusive: 'Prices include tax.', exclusive: 'Tax is added to these prices.' },
  promotionCode: 'A promotion code that you enter when paying lowers these amounts.',
  sale: { endsSoon: 'Sale ends soon', ends: (date) => `Sale ends ${date}` },
  offer: { endsSoon: 'Offer ends soon', ends: (date) => `Offer ends ${date}` },
  cancelAnytime: 'Cancel anytime',
  doesNotRenew: 'Does not renew',
  payments: {
    today: 'Today',
    next: 'Next payment',
    regular: 'Regular price',
    nothing: 'Nothing',
    on: (amount, date) => `${amount} on ${date}`,
    from: ({ regular, period, date }) => `${regular} ${every(period)}, from ${date}`,
  },
}

const cancelBeforeRenewal =
  'Cancel anytime in your account; cancel before your next bill and you pay nothing more.'

function renews({ regular, period }: WrittenFacts): string {
  return `renews automatically at the regular price of ${regular} ${every(period)} until you cancel.`
}

function nextBills({ bills, intro, number }: WrittenFacts): string {
  return bills === 1
    ? `Your next bill comes to ${intro}`
    : `Each of your next ${number(bills)} bills comes to ${intro}`
}

/** "every month", "every 4 weeks", "a year" */
export function every(period: Period): string {
  if (period.count > 1) return `every ${count(period)}`
  return period.unit === 'year' ? 'a year' : `every ${period.unit}`
}

/** "a month", "every 4 weeks" */
function a(period: Period): string {
  return period.count === 1 ? `a ${period.unit}` : every(period)
}

/** What follows "the first": "month", "4 weeks" */
export function length(period: Period): string {
  return period.count === 1 ? period.unit : count(period)
}

const plural = pluralsOf('en')

/** "1 month", "4 weeks" */
export function count({ count: many, unit }: Period): string {
  return `${many} ${plural({ one: unit, other: `${unit}s` }, many)}`
}
