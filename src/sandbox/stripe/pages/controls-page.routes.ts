import express, { type Router } from 'express'
import { z } from 'zod'
import type { Agenda } from '../agenda.ts'
import { type Controls, clockMoves, deliveryPresets, outagePresets, presetInForce } from '../controls.ts'
import { closeDispute, openDispute } from '../disputes.ts'
import { dueAt } from '../due.ts'
import { money } from '../money.ts'
import type { Sandbox } from '../sandbox.ts'
import type { Charge, Dispute, Subscription } from '../stored.ts'
import { controlsPage, type ListedPayment } from './controls-page.ts'
import { securePage } from './secure-page.ts'

const mostPayments = 20

const sent = z.object({
  deliveries: z.string().optional(),
  api: z.string().optional(),
  dispute: z.string().optional(),
  win: z.string().optional(),
  lose: z.string().optional(),
  move: z.string().optional(),
})

/** The page that moves the clock and has things go wrong, at `/controls`. */
export function createControlsPage(given: { sandbox: Sandbox; agenda: Agenda; controls: Controls }): Router {
  const { sandbox, agenda, controls } = given
  const router = express.Router()

  router.get('/controls', (request, response) => {
    agenda.catchUp()
    securePage(response)
    response.send(
      controlsPage({
        deliveries: presetInForce(deliveryPresets, controls.habits()),
        api: presetInForce(outagePresets, controls.outages.current()),
        payments: payments(sandbox),
        coming: coming(sandbox),
        time: instant(sandbox.clock.now()),
        stylesheetUrl: `${request.baseUrl}/checkout.css`,
      }),
    )
  })

  router.post(
    '/controls',
    express.urlencoded({ extended: false, limit: '1kb' }),
    async (request, response) => {
      agenda.catchUp()
      const { deliveries, api, dispute, win, lose, move } = sent.parse(request.body ?? {})
      const habits = deliveryPresets.find(({ id }) => id === deliveries)
      if (habits) controls.deliver(habits.value)
      const outage = outagePresets.find(({ id }) => id === api)
      if (outage) {
        controls.outages.end()
        if (outage.value) controls.outages.begin(outage.value)
      }
      sandbox.documents.transaction(() => decide(sandbox, { dispute, win, lose }))
      const now = sandbox.clock.now()
      const moved = clockMoves.find(({ id }) => id === move)
      if (moved) await agenda.advance(moved.from(now) - now)
      response.redirect(303, `${request.baseUrl}/controls`)
      agenda.catchUp()
    },
  )

  return router
}

/** What cannot be any more, because somebody was quicker, is left as it is. */
function decide(
  sandbox: Sandbox,
  asked: { dispute: string | undefined; win: string | undefined; lose: string | undefined },
): void {
  const listed = payments(sandbox)
  if (listed.some(({ charge, disputable }) => disputable && charge === asked.dispute)) {
    openDispute(sandbox, asked.dispute ?? '')
  }
  const open = listed.flatMap((payment) => (payment.open ? [payment.open] : []))
  for (const id of open) {
    if (id === asked.win) closeDispute(sandbox, id, 'won')
    if (id === asked.lose) closeDispute(sandbox, id, 'lost')
  }
}

const mostComing = 5

/** What the subscriptions that run will come to next. */
function coming(sandbox: Sandbox): { what: string; when: string }[] {
  return sandbox.documents
    .all('subscription')
    .filter(({ ended_at: ended }) => ended === null)
    .map((subscription) => ({ subscription, at: dueAt.subscription?.(subscription) ?? 0 }))
    .toSorted((one, other) => one.at - other.at)
    .slice(0, mostComing)
    .map(({ subscription, at }) => ({ what: whatComes(sandbox, subscription), when: instant(at) }))
}

function whatComes({ documents }: Sandbox, subscription: Subscription): string {
  const reader = documents.find('customer', subscription.customer)?.email ?? 'Somebody'
  if (subscription.cancel_at !== null) return `${reader}: the subscription ends`
  return subscription.status === 'trialing'
    ? `${reader}: the introductory period ends, the first regular bill`
    : `${reader}: the next bill`
}

function instant(ms: number): string {
  const format = new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })
  return `${format.format(ms)} UTC`
}

function payments(sandbox: Sandbox): ListedPayment[] {
  const disputes = sandbox.documents.all('dispute')
  const paid = sandbox.documents.all('charge').filter((charge) => charge.paid)
  return paid.slice(0, mostPayments).map((charge) => {
    const dispute = disputes.find((each) => each.charge === charge.id)
    const decided = dispute?.status === 'won' || dispute?.status === 'lost'
    const day = new Date(charge.created * 1000).toISOString().slice(0, 10)
    return {
      charge: charge.id,
      what: charge.billing_details.email ?? 'Somebody',
      amount: money(charge.amount, charge.currency),
      state: `${day} · ${stateOf(charge, dispute)}`,
      disputable: !charge.disputed && !charge.refunded,
      open: dispute && !decided ? dispute.id : undefined,
    }
  })
}

function stateOf(charge: Charge, dispute: Dispute | undefined): string {
  if (dispute?.status === 'won') return 'disputed, the publisher won'
  if (dispute?.status === 'lost') return 'disputed, the reader won'
  if (dispute) return 'disputed'
  if (charge.refunded) return 'refunded'
  return charge.amount_refunded > 0 ? 'refunded in part' : 'paid'
}
