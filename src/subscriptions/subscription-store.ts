import type { Access } from './access.ts'
import type { Attempt, AttemptStatus } from './attempt.ts'

/** Attempts, consents and access: what must last. Readers are named by the key of `readerKey()`. */
export type SubscriptionStore = {
  /** Writes a new attempt. */
  saveAttempt(attempt: Attempt): Promise<void>
  attempt(id: string): Promise<Attempt | null>
  /** Notes the Checkout session of an attempt. */
  attemptOpened(id: string, session: string): Promise<void>
  /** An attempt that was completed stays so, whatever comes later. */
  attemptEnded(id: string, status: Exclude<AttemptStatus, 'open'>): Promise<void>

  /** Of a reader's subscriptions, what the one that gives access for longest gives. */
  access(reader: string): Promise<Access | null>
  /** A number greater than every one given before. Take it before asking Stripe, and write under it. */
  takeTicket(): Promise<number>
  /**
   * Writes what one subscription gives its reader; `null` for nothing. Answers false and changes nothing when what was
   * asked of Stripe later has already been written: webhooks come in any order.
   */
  saveAccess(write: AccessWrite): Promise<boolean>
}

export type AccessWrite = { reader: string; subscription: string; access: Access | null; ticket: number }
