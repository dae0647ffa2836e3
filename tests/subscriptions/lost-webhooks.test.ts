import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import request from 'supertest'
import { answerSchema } from '../../src/paywall/answer.ts'
import { payWithCard, pressBuy } from '../support/buying.ts'
import { configFolder } from '../support/config-folder.ts'
import { startRedis } from '../support/redis.ts'
import { until } from '../support/redis-cluster.ts'
import { type Service, startService } from '../support/service.ts'
import { openStripeAccount, type StripeAccount } from '../support/stripe-account.ts'
import { forSubscribers } from './shop.ts'

const openedAtMs = Date.UTC(2026, 10, 24, 12)
const minuteMs = 60_000

const offers = `
- id: flash
  plan: unlimited-digital
  headline: Until a quarter past
  button: Subscribe
  endsAt: 2026-11-24T12:15:00Z
`

let account: StripeAccount
let redis: Awaited<ReturnType<typeof startRedis>>
let folder: Awaited<ReturnType<typeof configFolder>>
let services: Service[]

beforeEach(async () => {
  folder = await configFolder({ offers })
  redis = await startRedis()
  // Not one event arrives.
  account = await openStripeAccount({ now: () => openedAtMs, deliveries: { dropped: ['*'] } })
  services = []
})
afterEach(async () => {
  await stopAll()
  await account.close()
  await redis.stop()
  await folder.remove()
})

/** Two processes on one Redis, as behind a balancer. */
async function startTwo(): Promise<[Service, Service]> {
  const environment = {
    ...account.environment,
    CONFIG_DIR: folder.path,
    REDIS_URL: redis.url,
    STORE_TIMEOUT_MS: '1000',
    NEWSRACK_SECRET: 'a secret that both processes of the service have',
  }
  const start = () => startService({ environment, now: account.sandbox.clock.now })
  const two: [Service, Service] = [await start(), await start()]
  services.push(...two)
  await inTime(
    async () => (await runsOf('reconcile payments')) > 0 && (await runsOf('close ended sales')) > 0,
  )
  return two
}

/** Lets time go on slowly: a job that Redis answered too late on a busy machine is tried again half a minute later. */
async function inTime(isSo: () => Promise<boolean>): Promise<void> {
  await until(async () => {
    if (await isSo()) return true
    await account.sandbox.clock.advance(100)
    return false
  })
}

async function stopAll(): Promise<void> {
  for (const service of services.splice(0)) await service.stop()
}

/** A new reader who has pressed the button, and the page where they would pay. */
async function aBuyer({ url }: Service): Promise<{ cookie: string; checkout: string }> {
  const browser = request.agent(url)
  const met = await browser.post('/v1/access').send(forSubscribers).expect(200)
  const { offer } = answerSchema.parse(met.body)
  assert.ok(offer)
  const { url: checkout } = await pressBuy({ browser, offer })
  return { cookie: `newsrack_reader=${met.headers['newsrack-reader']}`, checkout }
}

async function isSubscriber({ url }: Service, cookie: string): Promise<boolean> {
  const { body } = await request(url).post('/v1/access').set('Cookie', cookie).send(forSubscribers)
  return body.reason === 'subscriber'
}

/** How often all running processes have run a job. */
async function runsOf(job: string): Promise<number> {
  let runs = 0
  for (const { url } of services) {
    const text = await (await fetch(`${url}/metrics`)).text()
    const series = `newsrack_job_runs_total{job="${job}",outcome="done"} `
    const line = text.split('\n').find((each) => each.startsWith(series))
    runs += Number(line?.slice(series.length) ?? 0)
  }
  return runs
}

async function ranTimes(job: string, times: number): Promise<void> {
  await inTime(async () => (await runsOf(job)) >= times)
  assert.equal(await runsOf(job), times, job)
}

describe('two processes whose webhooks are all lost', () => {
  it('find a purchase at the next look, and the reader reads on at both; they look once between them', async () => {
    const [one, other] = await startTwo()
    await ranTimes('reconcile payments', 1)
    const { cookie, checkout } = await aBuyer(one)
    await payWithCard(checkout)
    assert.equal(await isSubscriber(one, cookie), false)

    await account.sandbox.clock.advance(10 * minuteMs)
    await ranTimes('reconcile payments', 2)
    for (const service of [one, other]) assert.equal(await isSubscriber(service, cookie), true)
    for (const times of [3, 4, 5]) {
      await account.sandbox.clock.advance(10 * minuteMs)
      await ranTimes('reconcile payments', times)
    }
    assert.equal((await account.stripe.subscriptions.list()).data.length, 1)
  })

  it('close the pages of an offer at its end, once between them, and keep who has paid by then', async () => {
    const [one, other] = await startTwo()
    await ranTimes('close ended sales', 1)
    const late = await aBuyer(one)
    const paid = await aBuyer(other)
    await payWithCard(paid.checkout)
    await account.sandbox.clock.advance(16 * minuteMs)
    await ranTimes('close ended sales', 2)
    assert.equal(await isSubscriber(one, paid.cookie), true)
    await assert.rejects(payWithCard(late.checkout))
    assert.equal((await account.stripe.subscriptions.list()).data.length, 1)
  })
})

describe('a restart of the whole service', () => {
  it('is followed by what was missed meanwhile: a purchase, and the end of a subscription', async () => {
    const [one, other] = await startTwo()
    const early = await aBuyer(one)
    await payWithCard(early.checkout)
    await account.sandbox.clock.advance(10 * minuteMs)
    await inTime(() => isSubscriber(other, early.cookie))
    const late = await aBuyer(other)
    await stopAll()

    const [subscription] = (await account.stripe.subscriptions.list()).data
    await payWithCard(late.checkout)
    await account.stripe.subscriptions.cancel(subscription?.id ?? '')
    await account.sandbox.clock.advance(3 * minuteMs)

    const [first, second] = await startTwo()
    await ranTimes('reconcile payments', 1)
    for (const service of [first, second]) {
      assert.equal(await isSubscriber(service, late.cookie), true)
      assert.equal(await isSubscriber(service, early.cookie), false)
    }
  })
})
