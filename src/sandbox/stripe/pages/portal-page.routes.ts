import express, { type Request, type Response, type Router } from 'express'
import { z } from 'zod'
import type { Agenda } from '../agenda.ts'
import { askBank } from '../cards.ts'
import { beginChallenge } from '../challenges.ts'
import { changeCard } from '../payment-methods.ts'
import { mustFind, type Sandbox } from '../sandbox.ts'
import type { PortalSession } from '../stored.ts'
import { updateSubscription } from '../subscription-updates.ts'
import { type CardForm, declinedForm, emptyForm, readCardForm, unconfirmedForm } from './card-form.ts'
import { portalClosedPage, portalPage } from './portal-page.ts'
import { securePage } from './secure-page.ts'

const sent = z.object({
  act: z.enum(['card', 'cancel', 'renew']).optional(),
  subscription: z.string().optional(),
})

type PortalRequest = Request<{ session: string }>

/** The customer portal, at the address of its session. */
export function createPortalPage({ sandbox, agenda }: { sandbox: Sandbox; agenda: Agenda }): Router {
  const router = express.Router()

  router.get('/portal/:session', (request, response) => {
    agenda.catchUp()
    show(sandbox, request, response, firstForm(sandbox, request))
  })

  router.post(
    '/portal/:session',
    express.urlencoded({ extended: false, limit: '10kb' }),
    (request, response) => {
      agenda.catchUp()
      const session = sandbox.documents.find('portal_session', request.params.session)
      const asked = sent.safeParse(request.body ?? {})
      if (!session || !asked.success) return show(sandbox, request, response, emptyForm)
      if (asked.data.act === 'card') takeCard(sandbox, request, response, session)
      else {
        sandbox.documents.transaction(() => changeEnd(sandbox, session, asked.data))
        response.redirect(303, request.originalUrl)
      }
      agenda.catchUp()
    },
  )

  return router
}

/** It sets the instant and leaves the flag as it is, as Stripe’s portal does. */
function changeEnd(sandbox: Sandbox, { customer }: PortalSession, asked: z.infer<typeof sent>): void {
  const subscription = sandbox.documents.find('subscription', asked.subscription ?? '')
  if (!subscription || subscription.customer !== customer || subscription.ended_at !== null) return
  if (asked.act === 'cancel') updateSubscription(sandbox, subscription.id, { cancel_at: 'min_period_end' })
  else if (subscription.cancel_at_period_end) {
    updateSubscription(sandbox, subscription.id, { cancel_at_period_end: false })
  } else updateSubscription(sandbox, subscription.id, { cancel_at: '' })
}

function takeCard(
  sandbox: Sandbox,
  request: PortalRequest,
  response: Response,
  session: PortalSession,
): void {
  const { email } = mustFind(sandbox, 'customer', session.customer)
  const form = readCardForm(request.body, { knownEmail: email, now: sandbox.clock.now() })
  if (!form.payer) {
    show(sandbox, request, response, form)
    return
  }
  const { payer } = form
  const verdict = askBank(payer.card.last4, { amount: 0, presence: 'on_session' })
  if (verdict.kind === 'declined') {
    show(sandbox, request, response, declinedForm(form, verdict.decline))
    return
  }
  if (verdict.kind === 'challenge') {
    const purpose = { kind: 'card', portal: session.id, customer: session.customer, payer } as const
    const about = { purpose, amount: 0, currency: 'usd', last4: payer.card.last4 }
    response.redirect(303, beginChallenge(sandbox, about))
    return
  }
  sandbox.documents.transaction(() => changeCard(sandbox, { customer: session.customer, payer }))
  response.redirect(303, request.originalUrl)
}

/** Empty, or what was typed before the bank asked for a confirmation that did not come. */
function firstForm(sandbox: Sandbox, { params, query }: PortalRequest): CardForm {
  const challenge = sandbox.documents.find('challenge', String(query.challenge ?? ''))
  const purpose = challenge?.refused ? challenge.purpose : undefined
  if (purpose?.kind !== 'card' || purpose.portal !== params.session) return emptyForm
  return unconfirmedForm(purpose.payer)
}

function show(sandbox: Sandbox, request: PortalRequest, response: Response, form: CardForm): void {
  const { documents } = sandbox
  const stylesheetUrl = `${request.baseUrl}/checkout.css`
  securePage(response)
  const session = documents.find('portal_session', request.params.session)
  const customer = session && documents.find('customer', session.customer)
  if (!customer) {
    response.status(410).send(portalClosedPage(stylesheetUrl))
    return
  }
  const subscriptions = documents.all('subscription').filter((each) => each.customer === customer.id)
  const method =
    subscriptions.find(({ ended_at: ended }) => ended === null)?.default_payment_method ??
    customer.invoice_settings.default_payment_method
  response.status(Object.keys(form.errors).length > 0 ? 422 : 200).send(
    portalPage({
      session,
      customer,
      subscriptions: subscriptions.map((subscription) => ({
        name: nameOf(sandbox, subscription.items.data[0]?.price.product ?? ''),
        subscription,
      })),
      card: documents.find('payment_method', method ?? ''),
      invoices: documents.all('invoice').filter((invoice) => invoice.customer === customer.id),
      form,
      stylesheetUrl,
    }),
  )
}

function nameOf({ documents }: Sandbox, product: string): string {
  return documents.find('product', product)?.name ?? ''
}
