import type { SubscriptionNoticeKind } from './notice.ts'
import { arabicNotices } from './notice-words.ar.ts'
import { germanNotices } from './notice-words.de.ts'
import { englishNotices } from './notice-words.en.ts'

/** What a notice says, before it becomes a mail. */
export type NoticeWords = {
  subject: string
  /** Paragraphs before the terms and the figures, and after them. */
  before: readonly string[]
  after: readonly string[]
}

/** Amounts and dates as readers of the language write them. */
export type NoticeFacts = {
  paper: string
  plan: string
  /** The day on which the reader agreed to the terms, and the one on which the subscription began. */
  agreedOn: string
  since: string
  /** The next bill, with discounts and tax; null where none is due. */
  next: { amount: string; on: string } | null
  /** "19.99 $ every 4 weeks" */
  regular: string
  /** The day on which the regular price begins; empty outside of an intro. */
  introEndsOn: string
  /** The day on which it ends for good; empty while it does not. */
  endsOn: string
  /** How long who owes a payment can read on; null where they cannot. */
  readUntil: string | null
  /** The last day on which the law lets the reader withdraw; null where it does not. */
  withdrawUntil: string | null
}

/** `months`: how long it is for, in words. */
export type GiftFacts = Pick<NoticeFacts, 'paper' | 'plan' | 'agreedOn'> & { months: string }

/** One language's words of all notices. */
export type NoticeCatalogue = {
  direction: 'ltr' | 'rtl'
  notices: { [kind in SubscriptionNoticeKind]: (facts: NoticeFacts) => NoticeWords }
  gift: (facts: GiftFacts) => NoticeWords
  labels: { next: string; regular: string; terms: string; account: string; giftLink: string }
  on: (amount: string, date: string) => string
  /** Why the reader gets this, beneath all else. */
  why: (paper: string) => string
  whyGift: (paper: string) => string
}

const catalogues = new Map<string, NoticeCatalogue>([
  ['en', englishNotices],
  ['de', germanNotices],
  ['ar', arabicNotices],
])

/** English where a language (BCP 47) has no words of its own. */
export function noticeCatalogueFor(language: string): NoticeCatalogue {
  return catalogues.get(new Intl.Locale(language).language) ?? englishNotices
}
