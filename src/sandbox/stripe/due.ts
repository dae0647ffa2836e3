import type { Kind, Kinds } from './stored.ts'

/** When (epoch ms) time alone next does something to a document; null for never. agenda.ts says what it does. */
export const dueAt: { [K in Kind]?: (document: Kinds[K]) => number | null } = {
  session: (session) => (session.status === 'open' ? session.expires_at * 1000 : null),
  subscription: (subscription) => {
    const periodEnd = subscription.items.data[0]?.current_period_end
    if (subscription.ended_at !== null || periodEnd === undefined) return null
    return Math.min(periodEnd, subscription.cancel_at ?? periodEnd) * 1000
  },
  trial_notice: (notice) => notice.at,
  invoice: ({ status, next_payment_attempt: at }) => (status === 'open' && at !== null ? at * 1000 : null),
  coming_dispute: (coming) => coming.at,
  dispute: ({ status, evidence_details: { due_by: at } }) =>
    status === 'needs_response' && at !== null ? at * 1000 : null,
  challenge: (challenge) => challenge.endsAt,
  portal_session: (session) => session.endsAt,
  discount: (discount) => (discount.end === null ? null : discount.end * 1000),
  delivery: (delivery) => delivery.nextAt,
  kept_answer: (answer) => answer.forgetAt,
}
