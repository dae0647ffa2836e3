import type { Answer, Meter } from './service.ts'

/** "4 free articles left this month" and its like, for a reader who was let in by a meter; null for all others. */
export function meterWords({ reason, meter }: Answer): string | null {
  if (!meter) return null
  if (reason === 'metered' && meter.left === 0) return `This is your last free article${during(meter)}`
  if (reason === 'metered' || reason === 'reread') return `${articles(meter.left)} left${during(meter)}`
  return null
}

/** Why the article is closed. */
export function closedWords({ reason, meter }: Answer): string {
  if (reason === 'registration_required') return 'This article is for readers with an account.'
  if (reason === 'subscription_required' || !meter?.limit) return 'This article is for subscribers.'
  return meter.limit === 1
    ? `You’ve read your free article${during(meter)}.`
    : `You’ve read your ${meter.limit} free articles${during(meter)}.`
}

/** The day when the reader regains a view, in the page's language; null where waiting does not help. */
export function returnDay({ reason, meter }: Answer, language: string): string | null {
  return reason === 'meter_stop' && meter?.limit ? resetDay(meter, language) : null
}

/**
 * "December 1" for 2026-12-01T00:00:00-05:00: the day as the site counts it, whatever the reader's own
 * time zone (spec rule 14).
 */
export function resetDay({ resetsAt }: Meter, language: string): string {
  const day = new Date(`${resetsAt.slice(0, 10)}T00:00:00Z`)
  const format: Intl.DateTimeFormatOptions = { month: 'long', day: 'numeric', timeZone: 'UTC' }
  try {
    return new Intl.DateTimeFormat(language || 'en', format).format(day)
  } catch {
    // The page's lang attribute is no language tag.
    return new Intl.DateTimeFormat('en', format).format(day)
  }
}

/** Why a purchase did not start, for the reader, by the problem's code; no code if there was no answer. */
export function refusalWords(code?: string): string {
  return (code && refusals[code]) || 'We could not open the checkout. Please try again.'
}

const refusals: Record<string, string> = {
  terms_changed: 'The terms have changed. Please read them again.',
  offer_ended: 'Sorry, that offer has just ended.',
  offer_unavailable: 'Sorry, that offer is no longer available.',
  checkout_in_progress: 'Another tab is opening the checkout. Please try again in a moment.',
  too_many_attempts: 'You have tried this several times. Please wait a few minutes and try again.',
  payments_unavailable: 'We cannot take payments at the moment. Please try again in a few minutes.',
}

/** A window that rolls with the reader has no name of its own. */
function during({ window }: Meter): string {
  return { day: ' today', week: ' this week', month: ' this month', rolling: '' }[window]
}

function articles(count: number): string {
  return `${count || 'No'} free ${count === 1 ? 'article' : 'articles'}`
}
