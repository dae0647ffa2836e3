/**
 * Gifts and who has opened them. Makers and readers are named by the key of `readerKey()`; times are epoch milliseconds.
 * Everything of a gift expires when the gift ends, what a maker has made with the month.
 */
export type GiftStore = {
  /** Notes a gift, if its maker has any left in this month: `left` after it, or null and nothing is noted. */
  makeGift(gift: NewGift): Promise<{ left: number } | null>
  /** Opens a gift for a reader, at most `readers` of them; who has opened it once may again. Atomic. */
  redeemGift(question: GiftQuestion): Promise<GiftState>
  /** What `redeemGift` would answer; asking is not counting (spec rule 5). */
  peekGift(question: GiftQuestion): Promise<GiftState>
  /** Closes a gift to everyone. False if there is none, or another reader made it. May be repeated. */
  revokeGift(gift: { gift: string; maker: string }): Promise<boolean>
  /** The gifts a reader has made and opened that have not ended, by id. */
  giftsOf(reader: string): Promise<{ made: string[]; opened: string[] }>
  /**
   * `from` has signed in, and is `into` now: what they made and opened is the account’s, and counts together with what it
   * had made and opened itself. May be repeated.
   */
  moveReader(from: string, into: string): Promise<void>
  /** Closes the gifts a reader has made, and deletes who made them and that this reader has opened others. May be repeated. */
  forgetReader(reader: string): Promise<void>
}

export type NewGift = {
  gift: string
  maker: string
  now: number
  expiresAtMs: number
  /** The calendar month of the site that holds `now`, and how many gifts a maker may make in it. */
  month: { from: number; until: number; limit: number }
}

export type GiftQuestion = { gift: string; reader: string; readers: number }

/** A gift that the store no longer knows is `revoked`: a link must not open more than was given. */
export type GiftState = 'open' | 'used_up' | 'revoked'
