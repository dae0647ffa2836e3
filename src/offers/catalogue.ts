import type { Period } from './plan.ts'

/** One language's words about offers. Amounts, dates and numbers come written in it; see `WrittenFacts`. */
export type Catalogue = {
  /** The line by which an offer is advertised. */
  price: { [way in Exclude<PriceWay, 'regular'>]: (facts: WrittenFacts) => string } & {
    regular: (facts: Pick<WrittenFacts, 'regular' | 'period' | 'number'>) => string
  }
  /** What the reader agrees to: price now, when it changes, the regular price and its period, how to cancel. */
  terms: { [way in TermsWay]: (facts: WrittenFacts) => string }
  /** Sentences that follow the terms where they are true. */
  tax: { inclusive: string; exclusive: string }
  promotionCode: string
  sale: EndWords
  /** Of an offer at the regular price, which is no sale. */
  offer: EndWords
  cancelAnytime: string
  doesNotRenew: string
  payments: PaymentWords
}

/**
 * How the price begins: at once at the regular one, with one amount for a whole intro, free, or with bills lowered to an
 * amount (`at`) or by a percentage (`off`): the first one, several, or the next of a subscription that goes on.
 */
export type PriceWay =
  | 'regular'
  | 'paid'
  | 'free'
  | 'first_at'
  | 'first_off'
  | 'several_at'
  | 'several_off'
  | 'next_at'
  | 'next_off'
  | 'gift'

/** `paid` today, `deferred` to the first regular bill; `goes_on`: a subscription that was to end does not. */
export type TermsWay =
  | 'regular'
  | 'paid'
  | 'deferred'
  | 'free'
  | 'several'
  | 'goes_on'
  | 'goes_on_discounted'
  | 'gift'

/** Amounts, dates and numbers as readers of the language write them. */
export type WrittenFacts = {
  dueNow: string
  /** The amount of the whole intro, or of one lowered bill. */
  intro: string
  /** Such as "50%". */
  percent: string
  /** The whole time of the intro or of the gift. */
  length: Period
  /** How many bills are lowered. */
  bills: number
  regular: string
  period: Period
  firstRegularBill: string
  firstRegularBillDate: string
  /** Writes a whole number. */
  number: (value: number) => string
}

type EndWords = { endsSoon: string; ends: (date: string) => string }

/** What is paid when, line by line. */
export type PaymentWords = {
  today: string
  next: string
  regular: string
  nothing: string
  on: (amount: string, date: string) => string
  from: (given: Pick<WrittenFacts, 'regular' | 'period' | 'number'> & { date: string }) => string
}

/** The forms of a word by CLDR's plural categories; `other` stands for those that are not given. */
export type PluralForms = { [category in Exclude<Intl.LDMLPluralRule, 'other'>]?: string } & { other: string }

/** Chooses the form that a number takes in a language. */
export function pluralsOf(language: string): (forms: PluralForms, value: number) => string {
  const rules = new Intl.PluralRules(language)
  return (forms, value) => forms[rules.select(value)] ?? forms.other
}
