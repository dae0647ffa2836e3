import type { Access } from '../../src/subscriptions/access.ts'
import type { Attempt } from '../../src/subscriptions/attempt.ts'
import type { Subscription } from '../../src/subscriptions/payments.ts'
import type { AccessWrite } from '../../src/subscriptions/subscription-store.ts'

export function anAccess(changes: Partial<Access> = {}): Access {
  return {
    subscription: 'sub_a',
    attempt: 'at_a',
    plan: 'digital',
    offer: 'sale',
    standing: 'subscriber',
    untilMs: Date.UTC(2029, 0, 1),
    endsAtMs: null,
    nextCharge: { amount: 1999, currency: 'USD', atMs: Date.UTC(2028, 11, 29) },
    ...changes,
  }
}

export function anAccessWrite(changes: Partial<AccessWrite> = {}): AccessWrite {
  const { access = null } = changes
  return {
    reader: 'demo:reader',
    attempt: access?.attempt ?? 'at_a',
    subscription: 'sub_a',
    access,
    isOver: access === null,
    ticket: 1,
    ...changes,
  }
}

export function anAttempt(changes: Partial<Attempt> = {}): Attempt {
  return {
    id: 'at_a',
    site: 'demo',
    reader: 'demo:reader',
    offer: 'sale',
    plan: 'digital',
    planName: 'Digital Access',
    configVersion: 1,
    consent: { terms: 'Terms.', termsHash: 'abc', atMs: Date.UTC(2026, 10, 24) },
    regular: { amount: 1999, currency: 'USD' },
    every: { unit: 'week', count: 4 },
    intro: {
      kind: 'trial',
      collected: 'with_first_bill',
      price: { amount: 25, currency: 'USD' },
      endsAtMs: Date.UTC(2027, 3, 24),
    },
    gift: null,
    promotionCodes: false,
    tax: 'none',
    language: 'en-US',
    winsBack: null,
    visit: { section: 'world', device: 'phone', country: 'US' },
    returnTo: 'http://localhost:3000/2026/11/flood-aid',
    expiresAtMs: Date.UTC(2026, 10, 24, 1),
    status: 'open',
    session: null,
    refused: null,
    ...changes,
  }
}

export function aSubscription(changes: Partial<Subscription> = {}): Subscription {
  return {
    id: 'sub_a',
    customer: 'cus_a',
    labels: { attempt: 'at_a', site: 'demo', reader: 'demo:reader', plan: 'digital', offer: 'sale' },
    status: 'active',
    periodStartMs: Date.UTC(2027, 0, 1),
    periodEndMs: Date.UTC(2027, 0, 29),
    endsAtMs: null,
    startedAtMs: Date.UTC(2027, 0, 1),
    introEndsAtMs: null,
    regular: { amount: 1999, currency: 'USD' },
    nextBill: { amount: { amount: 1999, currency: 'USD' }, atMs: Date.UTC(2027, 0, 29) },
    reversal: null,
    ...changes,
  }
}
