/** A card somebody typed, without what nobody may keep: of its number the last four digits are left. */
export type Card = { last4: string; expMonth: number; expYear: number }

/**
 * Whether the card's owner is there to be asked by the bank: yes, yes and they have just confirmed, or no (a renewal).
 */
export type Presence = 'on_session' | 'confirmed' | 'off_session'

/** A bank's no, in the words of Stripe's API. */
export type Decline = { code: string; declineCode: string; message: string }

export type Verdict =
  | { kind: 'accepted'; disputed: boolean }
  | { kind: 'declined'; decline: Decline }
  | { kind: 'challenge' }

export type TestCard = {
  number: string
  /** The id that Stripe's test mode knows it by, for whoever attaches it through the API. */
  token: string
  /** What it does, for people. */
  does: string
  behaviour: 'pays' | 'declined' | 'without_funds' | 'challenged' | 'fails_when_charged' | 'disputed'
}

/** The test cards of Stripe that the sandbox knows; no other number is taken. */
export const testCards: readonly TestCard[] = [
  { number: '4242 4242 4242 4242', token: 'pm_card_visa', does: 'pays', behaviour: 'pays' },
  {
    number: '4000 0000 0000 0002',
    token: 'pm_card_chargeDeclined',
    does: 'is declined',
    behaviour: 'declined',
  },
  {
    number: '4000 0000 0000 9995',
    token: 'pm_card_chargeDeclinedInsufficientFunds',
    does: 'is declined: not enough money',
    behaviour: 'without_funds',
  },
  {
    number: '4000 0000 0000 3220',
    token: 'pm_card_threeDSecure2Required',
    does: 'asks its owner to confirm',
    behaviour: 'challenged',
  },
  {
    number: '4000 0000 0000 0341',
    token: 'pm_card_chargeCustomerFail',
    does: 'is accepted while nothing is due, declined once charged',
    behaviour: 'fails_when_charged',
  },
  {
    number: '4000 0000 0000 0259',
    token: 'pm_card_createDispute',
    does: 'pays, and the payment is disputed',
    behaviour: 'disputed',
  },
]

export function findTestCard(number: string): TestCard | undefined {
  return testCards.find((card) => digits(card.number) === digits(number))
}

export function last4Of({ number }: TestCard): string {
  return number.slice(-4)
}

/** What the bank says to `amount` (minor units); 0 asks whether the card may be charged later. */
export function askBank(
  last4: string,
  { amount, presence }: { amount: number; presence: Presence },
): Verdict {
  const behaviour = testCards.find((card) => last4Of(card) === last4)?.behaviour ?? 'declined'
  switch (behaviour) {
    case 'pays':
      return { kind: 'accepted', disputed: false }
    case 'disputed':
      return { kind: 'accepted', disputed: amount > 0 }
    case 'challenged':
      return presence === 'confirmed' ? { kind: 'accepted', disputed: false } : { kind: 'challenge' }
    case 'fails_when_charged':
      return amount > 0 ? { kind: 'declined', decline: declined } : { kind: 'accepted', disputed: false }
    case 'without_funds':
      return { kind: 'declined', decline: withoutFunds }
    case 'declined':
      return { kind: 'declined', decline: declined }
  }
}

const declined: Decline = {
  code: 'card_declined',
  declineCode: 'generic_decline',
  message: 'Your card was declined.',
}
const withoutFunds: Decline = {
  code: 'card_declined',
  declineCode: 'insufficient_funds',
  message: 'Your card has insufficient funds.',
}

function digits(number: string): string {
  return number.replace(/[\s-]/g, '')
}
