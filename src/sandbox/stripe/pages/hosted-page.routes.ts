import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import express, { type Request, type Response, type Router } from 'express'
import type { Agenda } from '../agenda.ts'
import { askBank } from '../cards.ts'
import { beginChallenge } from '../challenges.ts'
import { paySession } from '../checkout-payment.ts'
import { applyCode } from '../checkout-promotion.ts'
import type { Controls } from '../controls.ts'
import type { Sandbox } from '../sandbox.ts'
import type { Session } from '../stored.ts'
import { type CardForm, declinedForm, emptyForm, readCardForm, unconfirmedForm } from './card-form.ts'
import { createChallengePage } from './challenge-page.routes.ts'
import { createControlsPage } from './controls-page.routes.ts'
import { closedPage, payPage, unknownPage } from './hosted-page.ts'
import { createInvoicePage } from './invoice-page.routes.ts'
import { summarize } from './order-summary.ts'
import { createPortalPage } from './portal-page.routes.ts'
import { securePage } from './secure-page.ts'
import { successUrl } from './success-url.ts'

const stylesheet = readFileSync(join(import.meta.dirname, 'hosted-page.css'), 'utf8')

/** The page people pay on, as Stripe hosts it: `GET` shows it, `POST` pays. It needs no script and nothing external. */
export function createPages(given: { sandbox: Sandbox; agenda: Agenda; controls: Controls }): Router {
  const { sandbox, agenda } = given
  const router = express.Router()

  router.get('/checkout.css', (_request, response) => {
    response.type('css').set('Cache-Control', 'no-cache').send(stylesheet)
  })

  router.get('/checkout/:session', (request, response) => {
    agenda.catchUp()
    show(sandbox, request, response, { form: firstForm(sandbox, request), status: 200 })
  })

  router.post(
    '/checkout/:session',
    express.urlencoded({ extended: false, limit: '10kb' }),
    (request, response) => {
      agenda.catchUp()
      const session = sandbox.documents.find('session', request.params.session)
      // Sent twice, by a double click or a reload, it is paid once and leads on both times.
      if (session?.status === 'complete') return response.redirect(303, successUrl(session))
      if (session?.status !== 'open')
        return show(sandbox, request, response, { form: emptyForm, status: 200 })
      if (request.body?.apply === 'promotion') {
        const code = String(request.body.promotion ?? '')
        const applied = sandbox.documents.transaction(() => applyCode(sandbox, session, code))
        if (applied) return response.redirect(303, request.originalUrl)
        return show(sandbox, request, response, { form: emptyForm, status: 422, refusedCode: code })
      }
      const knownEmail = emailOf(sandbox, session)
      const form = readCardForm(request.body, { knownEmail, now: sandbox.clock.now() })
      if (!form.payer) return show(sandbox, request, response, { form, status: 422 })
      const { payer } = form
      const amount = session.amount_total ?? 0
      const verdict = askBank(payer.card.last4, { amount, presence: 'on_session' })
      if (verdict.kind === 'declined') {
        const declined = declinedForm(form, verdict.decline)
        return show(sandbox, request, response, { form: declined, status: 422 })
      }
      if (verdict.kind === 'challenge') {
        const purpose = { kind: 'session', session: session.id, payer } as const
        const about = { purpose, amount, currency: session.currency ?? 'usd', last4: payer.card.last4 }
        return response.redirect(303, beginChallenge(sandbox, about))
      }
      sandbox.documents.transaction(() => paySession(sandbox, session, payer))
      response.redirect(303, successUrl(session))
      agenda.catchUp()
    },
  )

  router.use(createChallengePage({ sandbox, agenda }))
  router.use(createControlsPage(given))
  router.use(createPortalPage(given))
  router.use(createInvoicePage(given))
  return router
}

/** Empty, or what was typed before the bank asked for a confirmation that did not come. */
function firstForm(sandbox: Sandbox, { params, query }: Request<{ session: string }>): CardForm {
  const challenge = sandbox.documents.find('challenge', String(query.challenge ?? ''))
  const purpose = challenge?.refused ? challenge.purpose : undefined
  if (purpose?.kind !== 'session' || purpose.session !== params.session) return emptyForm
  return unconfirmedForm(purpose.payer)
}

function show(
  sandbox: Sandbox,
  request: Request<{ session: string }>,
  response: Response,
  { form, status, refusedCode }: { form: CardForm; status: number; refusedCode?: string },
): void {
  const session = sandbox.documents.find('session', request.params.session)
  const stylesheetUrl = `${request.baseUrl}/checkout.css`
  securePage(response, session?.success_url ? new URL(session.success_url).origin : '')
  if (!session) {
    response.status(404).send(unknownPage(stylesheetUrl))
    return
  }
  if (session.status !== 'open') {
    const status = session.status === 'expired' ? 410 : 200
    response.status(status).send(closedPage({ session, stylesheetUrl, successUrl: successUrl(session) }))
    return
  }
  const summary = summarize(sandbox, session)
  const knownEmail = emailOf(sandbox, session)
  const code = refusedCode ?? codeOf(sandbox, session)
  const promotion = { code, refused: refusedCode !== undefined }
  response.status(status).send(payPage({ session, summary, form, knownEmail, promotion, stylesheetUrl }))
}

function codeOf({ documents }: Sandbox, { id }: Session): string {
  const promotion = documents.find('checkout_terms', id)?.promotion ?? ''
  return documents.find('promotion_code', promotion)?.code ?? ''
}

/** An address the session came with, which the page shows and does not ask for. */
function emailOf(sandbox: Sandbox, session: Session): string | null {
  if (session.customer === null) return session.customer_email
  return sandbox.documents.find('customer', session.customer)?.email ?? null
}
