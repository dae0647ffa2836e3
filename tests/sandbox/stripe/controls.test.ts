import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { buy, createPlan } from './buying.ts'
import { dayMs, type Running, runSandbox, startMs } from './sandbox-under-test.ts'

function choose({ pagesUrl }: Running, form: Record<string, string>): Promise<Response> {
  return fetch(`${pagesUrl}/controls`, { method: 'POST', body: new URLSearchParams(form) })
}

async function chosen(page: Response): Promise<string[]> {
  return [...(await page.text()).matchAll(/value="(\w+)" checked/g)].map(([, id = '']) => id)
}

describe('the page of the sandbox’s controls', () => {
  it('has events go missing and comes back to how it was', async () => {
    await using running = await runSandbox()
    assert.deepEqual(await chosen(await fetch(`${running.pagesUrl}/controls`)), ['prompt', 'well'])
    assert.deepEqual(await chosen(await choose(running, { deliveries: 'never', api: 'well' })), [
      'never',
      'well',
    ])
    await running.stripe.customers.create({ name: 'Ada' })
    await choose(running, { deliveries: 'prompt', api: 'well' })
    await running.stripe.customers.create({ name: 'Bea' })
    await running.sandbox.settled()
    assert.equal(running.arrivals.length, 1)
    assert.equal((await running.stripe.events.list({ delivery_success: false })).data.length, 1)
  })

  it('moves the clock by calendar months, and waits on every day for those who live by it', async () => {
    await using running = await runSandbox()
    const { sandbox } = running
    const days: number[] = []
    sandbox.clock.onPassing(async () => {
      days.push(sandbox.clock.now())
    })
    await buy(running, (await createPlan(running)).id)
    const page = await choose(running, { move: 'five-months' })
    assert.match(await page.text(), /April 24, 2027 at 12:00\sPM UTC/)
    assert.equal(sandbox.clock.now(), Date.UTC(2027, 3, 24, 12))
    assert.ok(days.every((day, at) => day - (days[at - 1] ?? startMs) <= dayMs))
    assert.equal(days.at(-1), Date.UTC(2027, 3, 24, 12))
    assert.deepEqual(
      (await running.stripe.invoices.list()).data.map(({ created }) => days.includes(created * 1000)),
      [true, true, true, true, true, false],
    )
  })

  it('has the API fail and mends it', async () => {
    await using running = await runSandbox()
    assert.deepEqual(await chosen(await choose(running, { api: 'error' })), ['prompt', 'error'])
    await assert.rejects(running.stripe.customers.list(), { statusCode: 500 })
    await choose(running, { api: 'well' })
    await running.stripe.customers.list()
  })

  it('has a payment disputed and the dispute decided', async () => {
    await using running = await runSandbox()
    const { stripe } = running
    await buy(running, (await createPlan(running)).id)
    const [charge] = (await stripe.charges.list()).data
    const page = await (await choose(running, { dispute: charge?.id ?? '' })).text()
    assert.match(page, /reader@example\.com/)
    const [dispute] = (await stripe.disputes.list()).data
    assert.ok(dispute && page.includes(`name="lose" value="${dispute.id}"`))
    const after = await (await choose(running, { lose: dispute.id })).text()
    assert.match(after, /disputed, the reader won/)
    assert.equal((await stripe.disputes.retrieve(dispute.id)).status, 'lost')
    await choose(running, { win: dispute.id, dispute: charge?.id ?? '' })
    assert.equal((await stripe.disputes.list()).data.length, 1)
    await running.sandbox.settled()
    assert.ok(running.types().includes('charge.dispute.closed'))
  })

  it('needs no script and nothing from elsewhere', async () => {
    await using running = await runSandbox()
    const response = await fetch(`${running.pagesUrl}/controls`)
    assert.match(response.headers.get('content-security-policy') ?? '', /default-src 'none'/)
    assert.doesNotMatch(await response.text(), /<script|style=|onclick|https:\/\//)
  })
})
