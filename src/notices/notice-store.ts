import type { LoggedNotice, Notice, NoticeOutcome } from './notice.ts'

/** What readers are written about their subscriptions, and were: it must last. Times are epoch milliseconds. */
export type NoticeStore = {
  /** Notes what is to be written; an occasion that was noted before stays as it is. */
  planNotices(notices: readonly Notice[]): Promise<void>
  /** Who is to be written to at `nowMs`, the longest overdue first. */
  dueNotices(nowMs: number, most: number): Promise<NoticeName[]>
  /**
   * Takes a notice that is due, for one process: until `holdMs` it is due no more. Null where another has it, or it has
   * ended.
   */
  takeNotice(name: NoticeName, hold: { nowMs: number; holdMs: number }): Promise<LoggedNotice | null>
  /** Looks at it again at `dueMs`; `failed` counts a try. */
  putOffNotice(name: NoticeName, again: { dueMs: number; failed: boolean }): Promise<void>
  endNotice(name: NoticeName, outcome: NoticeOutcome): Promise<void>
  /** All about a subscription, in no order. */
  noticesOf(subscription: string): Promise<LoggedNotice[]>
  /**
   * How often the subscription has been set to end, counting this time where `isEnding`. What was asked of the payment
   * service earlier (a lower ticket) than what is known changes nothing.
   */
  countEndings(state: SubscriptionCourse): Promise<number>
  /** Deletes what is kept about a subscription; nothing is written any more. */
  forgetNotices(subscription: string): Promise<void>
}

export type NoticeName = { subscription: string; id: string }

export type SubscriptionCourse = { subscription: string; isEnding: boolean; ticket: number }
