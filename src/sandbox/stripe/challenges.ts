import type { Presence } from './cards.ts'
import { paySession } from './checkout-payment.ts'
import { newId } from './ids.ts'
import { payOutOfTurn } from './paying-invoices.ts'
import { changeCard } from './payment-methods.ts'
import { mustFind, type Sandbox } from './sandbox.ts'
import type { Challenge } from './stored.ts'

const answerWithinMs = 30 * 60 * 1000

/** The bank wants the card's owner to confirm. Answers the page where they do; nothing is paid before. */
export function beginChallenge(
  sandbox: Sandbox,
  about: Pick<Challenge, 'purpose' | 'amount' | 'currency' | 'last4'>,
): string {
  const id = newId('challenge')
  const endsAt = sandbox.clock.now() + answerWithinMs
  sandbox.documents.save('challenge', { id, ...about, refused: false, endsAt })
  return `${sandbox.pagesUrl()}/challenge/${id}`
}

/** The owner has confirmed, and what waited for it is paid. What is over or paid meanwhile stays as it is. */
export function confirmChallenge(sandbox: Sandbox, { purpose }: Challenge): void {
  const presence: Presence = 'confirmed'
  if (purpose.kind === 'session') {
    const session = mustFind(sandbox, 'session', purpose.session)
    if (session.status === 'open') paySession(sandbox, session, purpose.payer)
    return
  }
  if (purpose.kind === 'card') {
    changeCard(sandbox, purpose)
    return
  }
  const invoice = mustFind(sandbox, 'invoice', purpose.invoice)
  const method = mustFind(sandbox, 'payment_method', purpose.method)
  if (invoice.status === 'open') payOutOfTurn(sandbox, invoice, { method, presence })
}

/** The owner has said no: nothing is paid, and the page they came from says why. */
export function refuseChallenge(sandbox: Sandbox, challenge: Challenge): void {
  sandbox.documents.save('challenge', { ...challenge, refused: true })
}

/** Where a challenge leads back to: the page that asked for the card. */
export function challengedPage(sandbox: Sandbox, { id, purpose }: Challenge): string {
  return `${sandbox.pagesUrl()}/${pathOf(purpose)}?challenge=${id}`
}

function pathOf(purpose: Challenge['purpose']): string {
  switch (purpose.kind) {
    case 'session':
      return `checkout/${purpose.session}`
    case 'invoice':
      return `invoice/${purpose.invoice}`
    case 'card':
      return `portal/${purpose.portal}`
  }
}
