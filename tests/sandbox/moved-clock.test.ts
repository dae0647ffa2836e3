import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { payWithCard, pressBuy, stopWallOf } from '../support/buying.ts'
import { type Service, startService } from '../support/service.ts'

let service: Service
before(async () => {
  service = await startService({ now: () => Date.UTC(2026, 10, 24, 12) })
})
after(() => service.stop())

async function controls(form?: Record<string, string>): Promise<string> {
  const address = `${service.url}/sandbox/controls`
  const page = await fetch(address, form && { method: 'POST', body: new URLSearchParams(form) })
  assert.equal(page.status, 200)
  return page.text()
}

describe('in the sandbox, whoever moves the clock', () => {
  it('sees what time it is and what comes next', async () => {
    assert.match(await controls(), /November 24, 2026 at 12:00\sPM UTC/)
    const met = await stopWallOf(service)
    const { url } = await pressBuy(met)
    const back = new URL(await payWithCard(url))
    await met.browser.get(back.pathname + back.search).expect(303)
    assert.match(
      await controls(),
      /April 24, 2027[^<]*<small>reader@example\.com: the introductory period ends/,
    )
  })

  it('finds the articles free again in the next month', async () => {
    const { browser } = await stopWallOf(service)
    await controls({ move: 'month' })
    const { body } = await browser.post('/v1/views').send({ article: { id: 'one more' } })
    assert.equal(body.reason, 'metered')
  })

  it('sees a subscriber read on, and what they pay and are told as time goes by', async () => {
    const met = await stopWallOf(service)
    const { url } = await pressBuy(met)
    const back = new URL(await payWithCard(url))
    await met.browser.get(back.pathname + back.search).expect(303)
    await controls({ move: 'five-months' })
    await controls({ move: 'day' })
    const { body } = await met.browser.get('/v1/reader').expect(200)
    assert.equal(body.subscription.standing, 'subscriber')
    assert.equal(body.subscription.nextCharge.amount, 1999)
    assert.match(body.subscription.nextCharge.at, /^2027-06/)
    const { text: account } = await met.browser.get('/account').expect(200)
    assert.match(account, /June \d+, 2027/)
    assert.match(await controls(), /\$20\.24/)
    const outbox = await fetch(`${service.url}/sandbox/outbox`)
    assert.match(await outbox.text(), /2027/)
  })

  it('keeps the time when the service starts again', async () => {
    const time = /it is <b>([^<]+)/.exec(await controls())?.[1]
    await service.restart()
    assert.equal(/it is <b>([^<]+)/.exec(await controls())?.[1], time)
  })
})
