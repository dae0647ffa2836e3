import type { Access } from './access.ts'
import type { Attempt, AttemptRefusal, AttemptStatus } from './attempt.ts'

/** Attempts, consents, gifts and access: what must last. Readers are named by the key of `readerKey()`. */
export type SubscriptionStore = AttemptStore & BuyerStore & AccessStore

export type AttemptStore = {
  /** Writes a new attempt. */
  saveAttempt(attempt: Attempt): Promise<void>
  attempt(id: string): Promise<Attempt | null>
  /** Notes the Checkout session of an attempt. */
  attemptOpened(id: string, session: string): Promise<void>
  /**
   * Notes how an attempt ended. One that was completed stays so, whatever comes later; one that had expired may turn out to
   * have been completed. `refused` says why a completed one gave nothing.
   */
  attemptEnded(
    id: string,
    status: Exclude<AttemptStatus, 'open'>,
    refused?: AttemptRefusal | null,
  ): Promise<void>
  /** The ids of the attempts that have not ended, of one reader or of all: those that expire first come first. */
  openAttempts(reader?: string): Promise<string[]>
  /** The records of consent of a site's readers, given from `fromMs` up to `toMs` (epoch ms), the oldest first. */
  attemptsBetween(site: string, fromMs: number, toMs: number): AsyncIterable<Attempt>

  /** Takes one of `most` redemptions of an offer for an attempt; false when all are taken. Safe to repeat. */
  takeRedemption(offer: string, attempt: string, most: number): Promise<boolean>
  /** Gives back the redemption of an attempt that came to nothing. Safe to repeat. */
  giveBackRedemption(offer: string, attempt: string): Promise<void>
  redemptions(offer: string): Promise<number>

  /** Gives a gift to the first reader who asks for it, and answers who that was. Safe to repeat. */
  redeemGift(attempt: string, redemption: GiftRedemption): Promise<GiftRedemption>
  giftRedemption(attempt: string): Promise<GiftRedemption | null>
}

/** Who redeemed a gift, when, and until when it gives access. Epoch milliseconds. */
export type GiftRedemption = { reader: string; atMs: number; untilMs: number }

export type BuyerStore = {
  /** The reader's customer at Stripe, once there is one. */
  customer(reader: string): Promise<string | null>
  /** Every customer under whom the reader may have subscriptions: more than one where two readers became one. */
  customers(reader: string): Promise<string[]>
  saveCustomer(reader: string, customer: string): Promise<void>
  /** Takes the reader's one turn to open or close a Checkout page; false while somebody else has it. */
  takeTurn(reader: string, holder: string, leaseMs: number): Promise<boolean>
  endTurn(reader: string, holder: string): Promise<void>
  /** The offers by which a reader has ever had access. */
  boughtOffers(reader: string): Promise<string[]>
  /**
   * Lets all that one reader has bought be another's: customer, access, attempts, consents, gifts. What is written later
   * under the old key about one of these reaches the new one. Safe to repeat, also when it broke off.
   */
  moveReader(from: string, into: string): Promise<void>
  /** The ids of all that a reader holds: attempts, of which gifts they redeemed, and subscriptions that gave access. */
  heldBy(reader: string): Promise<{ attempts: string[]; redeemed: string[]; subscriptions: string[] }>
  /**
   * Deletes what is kept about a reader's access. Of the attempts the consent stays, which the law asks to keep, without
   * what else is known of the reader; their reader is then `forgottenReader()`.
   */
  forgetReader(reader: string): Promise<void>
}

export type AccessStore = {
  /** Of a reader's subscriptions, what the one that gives access for longest gives. */
  access(reader: string): Promise<Access | null>
  /** A number greater than every one given before. Take it before asking Stripe, and write under it. */
  takeTicket(): Promise<number>
  /**
   * Writes what one subscription gives its reader. Answers `older` and changes nothing when what was asked of Stripe
   * later has already been written: webhooks come in any order. `same` and `changed` say what it was before.
   */
  saveAccess(write: AccessWrite): Promise<'changed' | 'same' | 'older'>
  /** Those that give access or may give it again, the ones that were asked of Stripe longest ago first. */
  liveSubscriptions(most: number): Promise<string[]>
  /** The instant (epoch ms) up to which nothing that Stripe told has been missed; null before the first time. */
  reconciledUntil(): Promise<number | null>
  saveReconciledUntil(instant: number): Promise<void>
}

export type AccessWrite = {
  reader: string
  /** By which it came. Should this attempt belong to another reader by now, the access is theirs. */
  attempt: string
  subscription: string
  /** Null for nothing. */
  access: Access | null
  /** Nothing will come of the subscription any more. */
  isOver: boolean
  ticket: number
}

/** Stands where a reader was who is not to be known any more. */
export function forgottenReader(site: string): string {
  return `${site}:`
}
