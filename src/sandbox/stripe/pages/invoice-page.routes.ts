import express, { type Request, type Response, type Router } from 'express'
import type { Agenda } from '../agenda.ts'
import { beginChallenge } from '../challenges.ts'
import { cardOf } from '../invoice-collection.ts'
import { intentOf, paymentOf } from '../invoice-payments.ts'
import { payOutOfTurn } from '../paying-invoices.ts'
import type { Sandbox } from '../sandbox.ts'
import type { Invoice } from '../stored.ts'
import { unknownPage } from './hosted-page.ts'
import { invoicePage } from './invoice-page.ts'
import { securePage } from './secure-page.ts'

/** The page of an invoice, at its `hosted_invoice_url`. */
export function createInvoicePage({ sandbox, agenda }: { sandbox: Sandbox; agenda: Agenda }): Router {
  const router = express.Router()

  router.get('/invoice/:invoice', (request, response) => {
    agenda.catchUp()
    const refused = sandbox.documents.find('challenge', String(request.query.challenge ?? ''))?.refused
    show(sandbox, request, response, refused ? 'Your bank did not get your confirmation.' : null)
  })

  router.post('/invoice/:invoice', (request, response) => {
    agenda.catchUp()
    const before = sandbox.documents.find('invoice', request.params.invoice)
    if (before?.status !== 'open') return response.redirect(303, request.originalUrl)
    const invoice = sandbox.documents.transaction(() =>
      payOutOfTurn(sandbox, before, { presence: 'on_session' }),
    )
    if (invoice.status === 'paid') response.redirect(303, request.originalUrl)
    else tellWhy(sandbox, request, response, invoice)
    agenda.catchUp()
  })

  return router
}

/** The bank wants its owner to confirm, or has said no. */
function tellWhy(
  sandbox: Sandbox,
  request: Request<{ invoice: string }>,
  response: Response,
  invoice: Invoice,
): void {
  const payment = paymentOf(sandbox, invoice.id)
  const intent = payment && intentOf(sandbox, payment)
  const method = cardOf(sandbox, invoice)
  if (intent?.status !== 'requires_action' || !method) {
    show(sandbox, request, response, 'The card was declined. Nothing was charged.')
    return
  }
  const address = beginChallenge(sandbox, {
    purpose: { kind: 'invoice', invoice: invoice.id, method: method.id },
    amount: intent.amount,
    currency: intent.currency,
    last4: method.card?.last4 ?? '',
  })
  response.redirect(303, address)
}

function show(
  sandbox: Sandbox,
  request: Request<{ invoice: string }>,
  response: Response,
  problem: string | null,
): void {
  const stylesheetUrl = `${request.baseUrl}/checkout.css`
  securePage(response)
  const invoice = sandbox.documents.find('invoice', request.params.invoice)
  if (!invoice) {
    response.status(404).send(unknownPage(stylesheetUrl))
    return
  }
  const card = cardOf(sandbox, invoice)?.card?.last4 ?? null
  response.status(problem === null ? 200 : 422).send(invoicePage({ invoice, card, problem, stylesheetUrl }))
}
