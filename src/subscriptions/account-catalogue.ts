import { arabicAccount } from './account-words.ar.ts'
import { germanAccount } from './account-words.de.ts'
import { englishAccount } from './account-words.en.ts'
import type { Invoice } from './payments.ts'

/** One language's words of the account pages. Amounts and dates come written in it. */
export type AccountCatalogue = {
  direction: 'ltr' | 'rtl'
  account: string
  backTo: (paper: string) => string
  subscription: {
    heading: string
    none: string
    ended: string
    resumed: string
    withdrawn: string
    canceled: string
    gift: string
    readUntil: (date: string) => string
    noCharge: string
    noFurtherCharge: string
    stillOwed: string
    owing: string
    owingReadUntil: (date: string) => string
    owingClosed: string
  }
  rows: {
    intro: string
    introUntil: (date: string) => string
    introPrice: string
    introPriceUntil: (price: string, date: string) => string
    paidUntil: string
    next: string
    due: (amount: string, date: string) => string
    waiting: (intro: string, regular: string) => string
    withTax: string
    regular: string
  }
  actions: {
    cancel: string
    undo: string
    undoLabel: string
    changedYourMind: string
    changeCard: string
    billing: string
    withdraw: string
  }
  offers: { agree: string; refused: string }
  gifts: {
    heading: string
    give: string
    how: string
    none: string
    bought: (date: string) => string
    accepted: (date: string) => string
    open: string
    unpaid: string
    refunded: string
    disputed: string
  }
  confirmCancel: { title: string; undoable: string; yes: string; no: string }
  confirmWithdraw: { title: string; until: (date: string) => string; effect: string; yes: string; no: string }
  invoices: {
    heading: string
    none: string
    away: string
    date: string
    amount: string
    status: string
    show: (number: string) => string
    statuses: { [status in Invoice['status']]: string }
  }
  free: {
    heading: string
    notCounted: string
    left: (facts: FreeFacts) => string
    used: (facts: FreeFacts) => string
  }
  deletion: {
    title: string
    text: string
    subscriptionEnds: string
    consentStays: string
    yes: string
    no: string
    done: { title: string; text: string }
  }
  trouble: {
    title: string
    payments: string
    store: string
    again: string
    notFromHere: string
    toAccount: string
  }
}

/** `from` is the day on which articles come back; `oneMore`: not all of them, one. */
export type FreeFacts = {
  left: number
  limit: number
  window: 'day' | 'week' | 'month' | 'rolling'
  from: string
}

const catalogues = new Map<string, AccountCatalogue>([
  ['en', englishAccount],
  ['de', germanAccount],
  ['ar', arabicAccount],
])

/** English where a language (BCP 47) has no words of its own. */
export function accountCatalogueFor(language: string): AccountCatalogue {
  return catalogues.get(new Intl.Locale(language).language) ?? englishAccount
}
