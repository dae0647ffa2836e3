import type { Period } from './plan.ts'
import type { Catalogue, WrittenFacts } from './words.ts'

export const englishWords: Catalogue = {
  price: {
    none: ({ regular, period }) => `${regular} ${every(period)}`,
    charged_now: introPrice,
    deferred: introPrice,
    waived: ({ months }) => `Free for ${count(months, 'month')}`,
  },
  terms: {
    none: (facts) =>
      `You pay ${facts.dueNow} today for the first ${length(facts.period)}. ` +
      `Your subscription then ${renews(facts)} ` +
      'Cancel anytime in your account; cancel before a renewal and you pay nothing more.',
    charged_now: (facts) =>
      `You pay ${facts.dueNow} today for the first ${introLength(facts)}. ` +
      `On ${facts.firstRegularBillDate} your subscription ${renews(facts)} ` +
      `Cancel anytime in your account; cancel before ${facts.firstRegularBillDate} and you pay nothing more.`,
    deferred: (facts) =>
      `Nothing to pay today. On ${facts.firstRegularBillDate} your first bill comes to ${facts.firstRegularBill}: ` +
      `${facts.intro} for the ${introLength(facts)} until then, ` +
      `plus ${facts.regular} for the ${length(facts.period)} after. ` +
      `Your subscription then ${renews(facts)} ` +
      `Cancel anytime in your account; cancel before ${facts.firstRegularBillDate} and you pay nothing.`,
    waived: (facts) =>
      `Nothing to pay today: the first ${introLength(facts)} ${facts.months === 1 ? 'is' : 'are'} free. ` +
      `On ${facts.firstRegularBillDate} your subscription ${renews(facts)} ` +
      `Cancel anytime in your account; cancel before ${facts.firstRegularBillDate} and you pay nothing.`,
  },
  sale: { endsSoon: 'Sale ends soon', ends: (date) => `Sale ends ${date}` },
  offer: { endsSoon: 'Offer ends soon', ends: (date) => `Offer ends ${date}` },
  cancelAnytime: 'Cancel anytime',
}

function introPrice({ intro, months }: WrittenFacts): string {
  return `Only ${intro} for ${count(months, 'month')}`
}

function renews({ regular, period }: WrittenFacts): string {
  return `renews automatically at the regular price of ${regular} ${every(period)} until you cancel.`
}

function introLength({ months }: WrittenFacts): string {
  return length({ unit: 'month', count: months })
}

/** "every month", "every 4 weeks", "a year" */
export function every(period: Period): string {
  if (period.count > 1) return `every ${count(period.count, period.unit)}`
  return period.unit === 'year' ? 'a year' : `every ${period.unit}`
}

/** What follows "the first": "month", "4 weeks" */
export function length(period: Period): string {
  return period.count === 1 ? period.unit : count(period.count, period.unit)
}

/** "1 month", "4 weeks" */
function count(many: number, unit: string): string {
  return `${many} ${unit}${many === 1 ? '' : 's'}`
}
