import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import express, { type Request, type Response, type Router } from 'express'
import type { Agenda } from '../agenda.ts'
import { paySession } from '../checkout-payment.ts'
import type { Sandbox } from '../sandbox.ts'
import type { Session } from '../stored.ts'
import { type CardForm, emptyForm, readCardForm } from './card-form.ts'
import { closedPage, payPage, unknownPage } from './hosted-page.ts'
import { summarize } from './order-summary.ts'

const stylesheet = readFileSync(join(import.meta.dirname, 'hosted-page.css'), 'utf8')

/** The page people pay on, as Stripe hosts it: `GET` shows it, `POST` pays. It needs no script and nothing external. */
export function createPages({ sandbox, agenda }: { sandbox: Sandbox; agenda: Agenda }): Router {
  const router = express.Router()

  router.get('/checkout.css', (_request, response) => {
    response.type('css').set('Cache-Control', 'no-cache').send(stylesheet)
  })

  router.get('/checkout/:session', (request, response) => {
    agenda.catchUp()
    show(sandbox, request, response, { form: emptyForm, status: 200 })
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
      const knownEmail = emailOf(sandbox, session)
      const form = readCardForm(request.body, { knownEmail, now: sandbox.clock.now() })
      if (!form.payer) return show(sandbox, request, response, { form, status: 422 })
      const { payer } = form
      sandbox.documents.transaction(() => paySession(sandbox, session, payer))
      response.redirect(303, successUrl(session))
      agenda.catchUp()
    },
  )

  return router
}

function show(
  sandbox: Sandbox,
  request: Request<{ session: string }>,
  response: Response,
  { form, status }: { form: CardForm; status: number },
): void {
  const session = sandbox.documents.find('session', request.params.session)
  const stylesheetUrl = `${request.baseUrl}/checkout.css`
  secure(response, session)
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
  response.status(status).send(payPage({ session, summary, form, knownEmail, stylesheetUrl }))
}

/** The page of a session may post to itself and be led on to the address it was made for, nothing else. */
function secure(response: Response, session: Session | undefined): void {
  const onward = session?.success_url ? new URL(session.success_url).origin : ''
  response.set({
    'Cache-Control': 'no-store',
    'Content-Security-Policy': `default-src 'none'; style-src 'self'; form-action 'self' ${onward}; base-uri 'none'; frame-ancestors 'none'`,
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  })
}

function successUrl({ id, success_url: url }: Session): string {
  return (url ?? '').replaceAll('{CHECKOUT_SESSION_ID}', id)
}

/** An address the session came with, which the page shows and does not ask for. */
function emailOf(sandbox: Sandbox, session: Session): string | null {
  if (session.customer === null) return session.customer_email
  return sandbox.documents.find('customer', session.customer)?.email ?? null
}
