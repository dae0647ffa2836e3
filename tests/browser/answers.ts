import type { Answer, Meter, Offer, Wall } from '../../src/browser/page-api.d.ts'
import { meterWords, nudgeWords, wallWords } from '../../src/paywall/wall-words.ts'

export const offer: Offer = {
  id: '25c-for-5-months',
  headline: 'Unlimited Digital Access',
  price: 'Only 25¢ for 5 months',
  button: 'Act now',
  notes: ['Sale ends soon', 'Cancel anytime'],
  terms:
    'The 25¢ are added to your first regular bill. After 5 months you pay $19.99 every 4 weeks until you cancel.',
  termsHash: 'hash-of-the-terms',
  endsAt: null,
}

export const usedUp: Meter = {
  id: 'default',
  window: 'month',
  used: 5,
  limit: 5,
  left: 0,
  resetsAt: '2026-12-01T00:00:00-05:00',
  words: null,
}

/** The refusal at a wall, in the words that the service has for it. */
export function refused({
  reason = 'meter_stop',
  language = 'en-US',
  meter = reason === 'meter_stop' ? usedUp : null,
  offered = offer,
  ...wall
}: Partial<Omit<Wall, 'words'>> & {
  reason?: string
  language?: string
  meter?: Meter | null
  offered?: Offer | null
} = {}): Answer {
  const words = wallWords({
    language,
    reason,
    meter,
    offered: offered !== null,
  })
  return {
    granted: false,
    reason,
    meter,
    wall: { kind: 'subscription', layout: 'inline', dismissible: false, ...wall, words },
    nudge: null,
    offer: offered,
    grant: null,
  }
}

export const stopped = refused()

export const subscribed: Answer = {
  granted: true,
  reason: 'subscriber',
  meter: null,
  wall: null,
  nudge: null,
  offer: null,
  grant: null,
}

/** Opened by the meter, with so many articles left. */
export function metered(left: number, reason = 'metered'): Answer {
  const meter = { ...usedUp, used: usedUp.limit - left, left }
  const words = meterWords('en-US', meter, reason === 'metered')
  return { ...subscribed, reason, meter: { ...meter, words } }
}

/** The same, with an offer beside the article. */
export function nudged(left: number, { language = 'en-US' } = {}): Answer {
  const answer = metered(left)
  const words = nudgeWords(language, answer.meter)
  return { ...answer, offer, nudge: { words } }
}
