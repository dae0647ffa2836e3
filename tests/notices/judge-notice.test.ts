import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { judgeNotice, type Standing } from '../../src/notices/judge-notice.ts'
import type { SubscriptionNoticeKind } from '../../src/notices/notice.ts'
import { anAttempt, aSubscription } from '../subscriptions/examples.ts'

const dayMs = 86_400_000
const bought = Date.UTC(2026, 10, 24, 17)
const risesAtMs = bought + 150 * dayMs
const tenDaysBefore = risesAtMs - 10 * dayMs

function aNotice(kind: SubscriptionNoticeKind, id = `${kind}:sub_a:1`): Standing['notice'] {
  return { id, kind, subscription: 'sub_a', attempt: 'at_a', dueMs: 0, tries: 0, ended: null }
}

function judged(kind: SubscriptionNoticeKind, changes: Partial<Standing> = {}) {
  return judgeNotice({
    notice: aNotice(kind),
    subscription: aSubscription({ status: 'trialing', introEndsAtMs: risesAtMs, startedAtMs: bought }),
    attempt: anAttempt({
      consent: { terms: 'Terms.', termsHash: 'abc', atMs: bought },
      intro: {
        kind: 'trial',
        collected: 'now',
        price: { amount: 100, currency: 'USD' },
        endsAtMs: risesAtMs,
      },
    }),
    log: [],
    timeZone: 'America/New_York',
    now: tenDaysBefore,
    ...changes,
  })
}

const ending = aSubscription({
  status: 'trialing',
  introEndsAtMs: risesAtMs,
  startedAtMs: bought,
  endsAtMs: risesAtMs,
})

describe('that the introductory price ends', () => {
  it('is told ten days before', () => {
    assert.deepEqual(judged('intro_ends'), { act: 'send' })
  })

  it('waits where the publisher has given the reader longer', () => {
    const longer = aSubscription({
      status: 'trialing',
      introEndsAtMs: risesAtMs + 30 * dayMs,
      startedAtMs: bought,
    })
    assert.deepEqual(judged('intro_ends', { subscription: longer }), {
      act: 'wait',
      untilMs: tenDaysBefore + 30 * dayMs,
    })
  })

  it('is not told to who has canceled, but is as soon as they take that back', () => {
    const { act, ...rest } = judged('intro_ends', { subscription: ending })
    assert.equal(act, 'wait')
    assert.deepEqual(rest, { untilMs: tenDaysBefore + 6 * 3_600_000 })
    assert.deepEqual(judged('intro_ends', { now: risesAtMs - dayMs }), { act: 'send' })
  })

  it('is not told when it has ended, or the subscription has', () => {
    assert.deepEqual(judged('intro_ends', { now: risesAtMs }), { act: 'drop' })
    const over = aSubscription({ status: 'canceled', introEndsAtMs: risesAtMs })
    assert.deepEqual(judged('intro_ends', { subscription: over }), { act: 'drop' })
  })
})

describe('the yearly reminder', () => {
  const aYearLater = Date.UTC(2027, 10, 24, 17)
  const running = aSubscription({ startedAtMs: bought })

  it('is sent in the month before the day and the month after', () => {
    assert.deepEqual(judged('yearly', { subscription: running, now: aYearLater }), { act: 'send' })
    const late = aYearLater + 30 * dayMs
    assert.deepEqual(judged('yearly', { subscription: running, now: late }), { act: 'drop' })
  })

  it('waits while a subscription is to end', () => {
    assert.equal(judged('yearly', { subscription: ending, now: aYearLater }).act, 'wait')
  })
})

describe('what has passed', () => {
  it('is not thanked for: a purchase that was given back', () => {
    assert.deepEqual(judged('welcome'), { act: 'send' })
    const refused = anAttempt({ refused: 'second_subscription' })
    assert.deepEqual(judged('welcome', { attempt: refused }), { act: 'drop' })
  })

  it('is not confirmed: a canceling that was taken back', () => {
    assert.deepEqual(judged('canceled'), { act: 'drop' })
    assert.deepEqual(judged('canceled', { subscription: ending }), { act: 'send' })
  })

  it('is not complained of: a bill that was paid meanwhile', () => {
    assert.deepEqual(judged('payment_failed'), { act: 'drop' })
    const owing = aSubscription({ status: 'past_due' })
    assert.deepEqual(judged('payment_failed', { subscription: owing }), { act: 'send' })
  })

  it('is not told twice: the refund of who has withdrawn', () => {
    assert.deepEqual(judged('refunded'), { act: 'send' })
    assert.deepEqual(judged('refunded', { log: [aNotice('withdrawn')] }), { act: 'drop' })
  })
})
