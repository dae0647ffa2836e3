import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { buy, createPlan, trialEnd } from './buying.ts'
import { dayMs, runSandbox, startMs } from './sandbox-under-test.ts'

async function withFile(use: (file: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'newsrack-'))
  try {
    await use(join(folder, 'stripe.sqlite'))
  } finally {
    await rm(folder, { recursive: true })
  }
}

describe('the payment sandbox, started again', () => {
  it('still has what was bought, and its clock', async () => {
    await withFile(async (file) => {
      const before = await runSandbox({ file })
      const price = await createPlan(before)
      const { subscription } = await buy(before, price.id, { subscription_data: { trial_end: trialEnd } })
      await before.sandbox.clock.advance(10 * dayMs)
      await before[Symbol.asyncDispose]()

      await using after = await runSandbox({ file })
      assert.equal(after.sandbox.clock.now(), startMs + 10 * dayMs)
      const found = await after.stripe.subscriptions.retrieve(subscription.id)
      assert.equal(found.status, 'trialing')
      assert.equal((await after.stripe.prices.list()).data[0]?.id, price.id)
    })
  })

  it('catches up with what fell due meanwhile, each at its own time', async () => {
    await withFile(async (file) => {
      const before = await runSandbox({ file })
      const { subscription } = await buy(before, (await createPlan(before)).id)
      await before[Symbol.asyncDispose]()

      await using after = await runSandbox({ file })
      after.base.now += 60 * dayMs
      const invoices = await after.stripe.invoices.list({ subscription: subscription.id })
      const days = invoices.data.map(({ created }) => (created * 1000 - startMs) / dayMs)
      assert.deepEqual(days, [56, 28, 0])
    })
  })

  it('goes on sending the webhooks that were not taken', async () => {
    await withFile(async (file) => {
      const before = await runSandbox({ file })
      before.webhook.status = 500
      await before.stripe.customers.create({ name: 'Ada' })
      await before.sandbox.settled()
      await before[Symbol.asyncDispose]()

      await using after = await runSandbox({ file })
      await after.sandbox.clock.advance(60_000)
      assert.deepEqual(after.types(), ['customer.created'])
    })
  })
})
