import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { buy, createPlan, goodForm, latestPayment, openSession, pay } from './buying.ts'
import { dayMs, type Running, runSandbox, startMs } from './sandbox-under-test.ts'

const disputing = { ...goodForm, number: '4000 0000 0000 0259' }

async function disputed(running: Running) {
  const [plan] = (await running.stripe.prices.list()).data
  const session = await openSession(running, (plan ?? (await createPlan(running))).id)
  assert.equal((await pay(session, disputing)).status, 303)
  await running.sandbox.settled()
  const dispute = (await running.stripe.disputes.list()).data[0] ?? assert.fail('Nothing is disputed')
  return { session, dispute }
}

describe('a dispute', () => {
  it('follows a payment with the card that is made for it, and takes the money away', async () => {
    await using running = await runSandbox()
    const { session, dispute } = await disputed(running)
    assert.equal((await running.stripe.checkout.sessions.retrieve(session.id)).status, 'complete')
    assert.equal(dispute.status, 'needs_response')
    assert.equal(dispute.amount, 1999)
    assert.equal(dispute.balance_transactions[0]?.amount, -1999)
    const charge = await running.stripe.charges.retrieve(String(dispute.charge))
    assert.equal(charge.disputed, true)
    assert.equal(charge.payment_intent, dispute.payment_intent)
    const types = running.types()
    for (const type of ['charge.dispute.created', 'charge.dispute.funds_withdrawn']) {
      assert.ok(types.includes(type), type)
    }
    const found = await running.stripe.disputes.list({ payment_intent: String(dispute.payment_intent) })
    assert.equal(found.data[0]?.id, dispute.id)
  })

  it('cannot be answered by a refund as well', async () => {
    await using running = await runSandbox()
    const { dispute } = await disputed(running)
    await assert.rejects(running.stripe.refunds.create({ charge: String(dispute.charge) }), {
      code: 'charge_disputed',
    })
  })

  it('is won by the evidence that wins in Stripe’s test mode, and the money comes back', async () => {
    await using running = await runSandbox()
    const { dispute } = await disputed(running)
    running.arrivals.length = 0
    const won = await running.stripe.disputes.update(dispute.id, {
      evidence: { uncategorized_text: 'winning_evidence' },
    })
    assert.equal(won.status, 'won')
    assert.equal(won.balance_transactions[1]?.amount, 1999)
    await running.sandbox.settled()
    assert.deepEqual(running.types().toSorted(), [
      'charge.dispute.closed',
      'charge.dispute.funds_reinstated',
      'charge.dispute.updated',
    ])
    await running.stripe.refunds.create({ charge: String(dispute.charge) })
  })

  it('is lost by evidence that loses, by giving in, and when nobody answers in time', async () => {
    await using running = await runSandbox()
    const { stripe } = running
    const { dispute } = await disputed(running)
    const losing = { evidence: { uncategorized_text: 'losing_evidence' } }
    assert.equal((await stripe.disputes.update(dispute.id, losing)).status, 'lost')
    const { dispute: second } = await disputed(running)
    assert.equal((await stripe.disputes.close(second.id)).status, 'lost')
    await assert.rejects(stripe.disputes.close(second.id), /closed: it was lost/)
    const { dispute: third } = await disputed(running)
    assert.equal(third.evidence_details.due_by, startMs / 1000 + 9 * 86400)
    running.arrivals.length = 0
    await running.sandbox.clock.advance(9 * dayMs)
    assert.equal((await stripe.disputes.retrieve(third.id)).status, 'lost')
    assert.ok(running.types().includes('charge.dispute.closed'))
    assert.equal((await stripe.subscriptions.list()).data.length, 3)
  })

  it('is begun for any payment by whoever runs the sandbox', async () => {
    await using running = await runSandbox()
    const { subscription } = await buy(running, (await createPlan(running)).id)
    const { charge } = await latestPayment(running, subscription.id)
    running.sandbox.dispute(charge.id)
    await running.sandbox.settled()
    assert.equal((await running.stripe.disputes.list({ charge: charge.id })).data.length, 1)
    assert.ok(running.types().includes('charge.dispute.created'))
    assert.throws(() => running.sandbox.dispute(charge.id), /cannot be disputed/)
  })
})
