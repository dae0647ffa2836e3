import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { accessFrom } from '../../src/subscriptions/access.ts'
import type { Subscription } from '../../src/subscriptions/payments.ts'
import { type AccessPolicy, ordinaryPolicy } from '../../src/subscriptions/policy.ts'
import { anAttempt, aSubscription } from './examples.ts'

const day = 86_400_000
const periodStartMs = Date.UTC(2027, 0, 1)
const periodEndMs = Date.UTC(2027, 0, 29)

function access(
  changes: Partial<Subscription>,
  attempt = anAttempt({ intro: null }),
  policy: Partial<AccessPolicy> = {},
) {
  return accessFrom({
    subscription: aSubscription(changes),
    attempt,
    policy: { ...ordinaryPolicy, ...policy },
  })
}

describe('the access that a subscription gives', () => {
  it('lasts while it runs, with three days over the period’s end for the renewal to be heard of', () => {
    const given = access({ status: 'active' })
    assert.equal(given?.standing, 'subscriber')
    assert.equal(given?.untilMs, periodEndMs + 3 * day)
    assert.deepEqual(given?.nextCharge, { amount: 1999, currency: 'USD', atMs: periodEndMs })
  })

  it('is there during the introductory period, and tells what the first bill comes to', () => {
    const introEndsAtMs = Date.UTC(2027, 3, 24)
    const given = access({
      status: 'trialing',
      introEndsAtMs,
      periodEndMs: introEndsAtMs,
      nextBill: { amount: { amount: 2024, currency: 'USD' }, atMs: introEndsAtMs },
    })
    assert.equal(given?.standing, 'subscriber')
    assert.deepEqual(given?.nextCharge, { amount: 2024, currency: 'USD', atMs: introEndsAtMs })
  })

  it('ends exactly when a cancelled subscription ends, and nothing more is charged', () => {
    const given = access({ status: 'active', endsAtMs: periodEndMs, nextBill: null })
    assert.equal(given?.untilMs, periodEndMs)
    assert.equal(given?.nextCharge, null)
  })

  it('is on grace for the configured days from the day a payment was due', () => {
    const given = access({ status: 'past_due' })
    assert.equal(given?.standing, 'grace')
    assert.equal(given?.untilMs, periodStartMs + 14 * day)
  })

  it('does not outlast a cancelled subscription on grace', () => {
    assert.equal(access({ status: 'past_due', endsAtMs: periodStartMs + day })?.untilMs, periodStartMs + day)
  })

  it('is taken away when the payment was refunded, unless the site lets the reader keep it', () => {
    assert.equal(access({ reversal: 'refunded' }), null)
    assert.ok(access({ reversal: 'refunded' }, undefined, { whenRefunded: 'keep' }))
  })

  it('pauses while a payment is disputed, unless the site lets the reader read on', () => {
    assert.equal(access({ reversal: 'disputed' }), null)
    assert.ok(access({ reversal: 'disputed' }, undefined, { whenDisputed: 'keep' }))
  })

  it('is taken away when a dispute was lost, unless the site lets the reader keep it', () => {
    assert.equal(access({ reversal: 'dispute_lost' }), null)
    assert.ok(access({ reversal: 'dispute_lost' }, undefined, { whenDisputeLost: 'keep' }))
  })

  for (const status of ['incomplete', 'incomplete_expired', 'unpaid', 'canceled', 'paused'] as const) {
    it(`is not there when it is ${status}`, () => {
      assert.equal(access({ status }), null)
    })
  }
})
