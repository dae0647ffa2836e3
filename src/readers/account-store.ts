import type { Device } from './device.ts'

/**
 * Accounts and their sessions. An account is a reader of one site, named by the key of `readerKey()`; times are epoch
 * milliseconds.
 */
export type AccountStore = {
  /** The random key under which the names of accounts are hashed: `fresh` is it where there is none yet. It must last. */
  nameKey(fresh: string): Promise<string>
  /**
   * The id of the account that a site's reader has signed in to by this name; `id` becomes it where there is none yet.
   * However many ask at once, all get the same.
   */
  accountNamed(name: string, id: string): Promise<string>
  /** Notes the account, unless it is there already. */
  saveAccount(reader: string, account: Account): Promise<void>
  account(reader: string): Promise<Account | null>

  /** Begins a session. Beginning it again changes nothing; the one unseen for longest gives way to the 51st. */
  startSession(reader: string, session: Session): Promise<void>
  /** Whether a session runs; that it was seen is noted by the hour. One round trip. */
  seeSession(seen: { reader: string; session: string; now: number }): Promise<boolean>
  /** Those that run, the one seen latest first. */
  sessions(reader: string, now: number): Promise<Session[]>
  /** May be repeated; false where there was none. */
  endSession(reader: string, session: string): Promise<boolean>

  /** Deletes the account and its name, and ends all its sessions. May be repeated. */
  forgetAccount(reader: string): Promise<void>
}

/** `name` is what `accountNamed()` knows it by: null for one that the publisher's own token names. */
export type Account = { name: string | null; email: string | null; sinceMs: number }

export type Session = { id: string; device: Device; startedMs: number; seenMs: number }

/** A session that was not seen for so long is over; the browser's token has ended by then too. */
export const sessionLifeMs = 400 * 86_400_000

/** How exactly it is known when a session was last seen: no diary of anybody's reading. */
export const seenEveryMs = 3_600_000

export const mostSessions = 50
