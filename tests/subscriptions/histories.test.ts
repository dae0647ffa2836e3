import assert from 'node:assert/strict'
import { it } from 'node:test'
import fc from 'fast-check'
import { Problem } from '../../src/http/problem.ts'
import { type Access, accessFrom, isOver, renewalLeewayMs } from '../../src/subscriptions/access.ts'
import { learnEvent } from '../../src/subscriptions/learn-event.ts'
import { ordinaryPolicy } from '../../src/subscriptions/policy.ts'
import { type Desk, dayMs, openDesk } from './desk.ts'
import { anAttempt, aSubscription } from './examples.ts'

const day = fc.integer({ min: 1, max: 40 })

/** What may happen to a subscription: at Stripe, to its reader's card, to its money, and to the events that tell of it. */
const happening = fc.oneof(
  { arbitrary: fc.record({ kind: fc.constant('time passes' as const), days: day }), weight: 4 },
  fc.record({ kind: fc.constantFrom('cancel' as const, 'resume' as const, 'end at once' as const) }),
  fc.record({
    kind: fc.constant('new card' as const),
    card: fc.constantFrom('pm_card_visa', 'pm_card_chargeCustomerFail'),
  }),
  fc.record({ kind: fc.constant('refund' as const), part: fc.boolean() }),
  fc.record({ kind: fc.constant('dispute' as const) }),
  fc.record({
    kind: fc.constant('answer' as const),
    evidence: fc.constantFrom('winning_evidence', 'losing_evidence'),
  }),
  {
    arbitrary: fc.record({
      kind: fc.constant('events come' as const),
      order: fc.array(fc.nat(99), { maxLength: 12 }),
    }),
    weight: 4,
  },
)
type Happening = typeof happening extends fc.Arbitrary<infer Kind> ? Kind : never

it('whatever happens to a subscription, in the end the reader has the access that Stripe’s state says', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('regular' as const, 'deferred' as const),
      fc.array(happening, { minLength: 1, maxLength: 12 }),
      async (intro, history) => {
        const desk = await openDesk()
        try {
          const subscription = await bought(desk, intro)
          for (const next of history) await happens(desk, subscription, next)
          await reconciled(desk)
          await endsAsStripeSays(desk, subscription)
        } finally {
          await desk.close()
        }
      },
    ),
    { numRuns: 25 },
  )
})

async function bought(desk: Desk, intro: 'regular' | 'deferred'): Promise<string> {
  const endsAtMs = desk.now() + 30 * dayMs
  const price = { amount: 25, currency: 'USD' as const }
  const trial = { kind: 'trial' as const, collected: 'with_first_bill' as const, price, endsAtMs }
  const opened = await desk
    .process()
    .openCheckout(desk.attempt({ intro: intro === 'regular' ? null : trial }))
  assert.ok(!(opened instanceof Problem))
  await desk.pay(opened.url)
  const [running] = await desk.running(await desk.store.customer('demo:reader'))
  assert.ok(running)
  return running.id
}

/** Events that were told to nobody are found here, as after a service that was away. */
async function reconciled(desk: Desk): Promise<void> {
  for (let run = 0; run < 2; run += 1) await desk.process().reconciler.run()
}

async function endsAsStripeSays({ payments, store, stripe }: Desk, id: string): Promise<void> {
  const subscription = await payments.subscription(id)
  assert.ok(subscription)
  const attempt = await store.attempt(subscription.labels.attempt)
  assert.ok(attempt)
  assert.deepEqual(
    await store.access('demo:reader'),
    accessFrom({ subscription, attempt, policy: ordinaryPolicy }),
  )
  assert.equal(attempt.status, 'complete')
  assert.equal((await store.liveSubscriptions(10)).includes(id), !isOver(subscription))
  assert.ok((await stripe.invoiceItems.list({ pending: true })).data.length <= 1)
}

async function happens(desk: Desk, id: string, next: Happening): Promise<void> {
  const { stripe, payments, clock } = desk
  switch (next.kind) {
    case 'time passes':
      return clock.advance(next.days * dayMs)
    case 'cancel':
      return void (await payments.setToEnd(id))
    case 'resume':
      return void (await payments.keep(id))
    case 'end at once':
      return payments.endNow(id, 'unused')
    case 'new card': {
      const { customer, ended_at } = await stripe.subscriptions.retrieve(id)
      const { id: method } = await stripe.paymentMethods.attach(next.card, { customer: String(customer) })
      if (ended_at === null) await stripe.subscriptions.update(id, { default_payment_method: method })
      return
    }
    case 'refund': {
      const [charge] = (await stripe.charges.list()).data
      const left = charge === undefined ? 0 : charge.amount_captured - charge.amount_refunded
      if (charge === undefined || left === 0 || charge.disputed) return
      return void (await stripe.refunds.create({ charge: charge.id, amount: next.part ? 1 : left }))
    }
    case 'dispute': {
      const [charge] = (await stripe.charges.list()).data
      if (charge?.paid && !charge.disputed && !charge.refunded) desk.dispute(charge.id)
      return
    }
    case 'answer': {
      const [dispute] = (await stripe.disputes.list()).data
      if (dispute?.status !== 'needs_response') return
      const evidence = { uncategorized_text: next.evidence }
      return void (await stripe.disputes.update(dispute.id, { evidence, submit: true }))
    }
    case 'events come': {
      const events = await desk.events()
      const flows = desk.process()
      for (const at of next.order) {
        const event = events[at % events.length]
        if (event !== undefined) await learnEvent(flows, event)
      }
    }
  }
}

const statuses = [
  'trialing',
  'active',
  'past_due',
  'incomplete',
  'incomplete_expired',
  'unpaid',
  'canceled',
  'paused',
] as const
const instant = fc.integer({ min: 0, max: 400 }).map((days) => Date.UTC(2027, 0, 1) + days * dayMs)

const anySubscription = fc
  .record({
    status: fc.constantFrom(...statuses),
    periodStartMs: instant,
    periodDays: day,
    endsAtMs: fc.option(instant),
    reversal: fc.constantFrom(null, 'refunded' as const, 'disputed' as const, 'dispute_lost' as const),
  })
  .map(({ periodDays, ...facts }) =>
    aSubscription({ ...facts, periodEndMs: facts.periodStartMs + periodDays * dayMs }),
  )
const anyPolicy = fc.record({
  pastDueGraceDays: fc.integer({ min: 0, max: 60 }),
  whenRefunded: fc.constantFrom('revoke' as const, 'keep' as const),
  whenDisputed: fc.constantFrom('pause' as const, 'keep' as const),
  whenDisputeLost: fc.constantFrom('revoke' as const, 'keep' as const),
})

it('no state of a subscription gives access for longer than was paid for, with the leeway or the grace', () => {
  fc.assert(
    fc.property(anySubscription, anyPolicy, (subscription, policy) => {
      const access = accessFrom({ subscription, attempt: anAttempt(), policy })
      const stays = {
        refunded: policy.whenRefunded === 'keep',
        disputed: policy.whenDisputed === 'keep',
        dispute_lost: policy.whenDisputeLost === 'keep',
      }
      const isLive = ['trialing', 'active', 'past_due'].includes(subscription.status)
      const isKept = subscription.reversal === null || stays[subscription.reversal]
      assert.equal(access !== null, isLive && isKept)
      if (access !== null) assert.ok(access.untilMs <= longest(access, subscription, policy.pastDueGraceDays))
    }),
  )
})

function longest(
  { standing }: Access,
  { periodStartMs, periodEndMs, endsAtMs }: ReturnType<typeof aSubscription>,
  graceDays: number,
): number {
  const paid = standing === 'grace' ? periodStartMs + graceDays * dayMs : periodEndMs + renewalLeewayMs
  return standing === 'grace' ? Math.min(paid, endsAtMs ?? paid) : (endsAtMs ?? paid)
}
