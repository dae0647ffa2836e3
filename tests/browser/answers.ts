import type { Answer, Meter, Offer } from '../../src/browser/service.ts'

export const offer: Offer = {
  id: '25c-for-5-months',
  headline: 'Unlimited Digital Access',
  price: 'Only 25¢ for 5 months',
  button: 'Act now',
  notes: ['Sale ends soon', 'Cancel anytime'],
  terms:
    'The 25¢ are added to your first regular bill. After 5 months you pay $19.99 every 4 weeks until you cancel.',
  termsHash: 'hash-of-the-terms',
}

export const usedUp: Meter = { window: 'month', limit: 5, left: 0, resetsAt: '2026-12-01T00:00:00-05:00' }

export const stopped: Answer = {
  granted: false,
  reason: 'meter_stop',
  meter: usedUp,
  wall: { kind: 'subscription' },
  offer,
  grant: null,
}

export const subscribed: Answer = {
  granted: true,
  reason: 'subscriber',
  meter: null,
  wall: null,
  offer: null,
  grant: null,
}

/** Opened by the meter, with so many articles left. */
export function metered(left: number): Answer {
  return {
    granted: true,
    reason: 'metered',
    meter: { ...usedUp, left },
    wall: null,
    offer: null,
    grant: null,
  }
}
