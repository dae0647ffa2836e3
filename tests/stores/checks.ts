import assert from 'node:assert/strict'
import { type Answer, view } from '../support/load.ts'
import { until } from '../support/redis-cluster.ts'
import type { Service } from '../support/service.ts'

const counting = ['metered', 'reread', 'meter_stop']

/** Every request got a decision, whatever happened to the store meanwhile. */
export function assertNoErrorPage(answers: readonly Answer[]): void {
  assert.ok(answers.length > 0)
  for (const answer of answers) {
    assert.equal(answer.status, 200)
    assert.ok([...counting, 'store_unavailable'].includes(answer.reason), answer.reason)
  }
}

export function unavailable(answers: readonly Answer[]): Answer[] {
  return answers.filter(({ reason }) => reason === 'store_unavailable')
}

/** The store is back: decisions count again. */
export async function untilCounting(service: Service): Promise<void> {
  await until(async () => {
    const { reason } = await view(service, 'whoever', 'article', '/v1/access')
    return reason !== 'store_unavailable'
  })
}

/**
 * What is counted now: all that a reader was told was counted, nothing they never opened, and never above the limit. What
 * was told may have been lost only where `mayBeLost` says so.
 */
export async function assertCounted(
  service: Service,
  answers: readonly Answer[],
  { mayBeLost = false } = {},
): Promise<void> {
  for (const [reader, own] of Map.groupBy(answers, ({ reader }) => reader)) {
    const told = new Set(own.filter(({ reason }) => reason === 'metered').map(({ article }) => article))
    const opened = new Set(own.map(({ article }) => article))
    const { meter } = await view(service, reader, 'article-0', '/v1/access')
    assert.ok(meter, 'the store answers')
    assert.ok(meter.used <= meter.limit, `${reader}: ${meter.used} of ${meter.limit}`)
    assert.ok(meter.used <= opened.size, `${reader}: ${meter.used} counted, ${opened.size} opened`)
    if (!mayBeLost) assert.ok(meter.used >= told.size, `${reader}: ${meter.used} counted, ${told.size} told`)
    assert.ok(told.size <= meter.limit, `${reader} was told of ${told.size}`)
  }
}
