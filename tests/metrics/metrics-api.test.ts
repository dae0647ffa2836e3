import assert from 'node:assert/strict'
import { afterEach, describe, it } from 'node:test'
import { view } from '../support/load.ts'
import { startRedis } from '../support/redis.ts'
import { until } from '../support/redis-cluster.ts'
import { type Service, startService } from '../support/service.ts'

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
})

async function aService(environment: Record<string, string> = {}): Promise<Service> {
  const service = await startService({ environment })
  stops.push(service.stop)
  return service
}

async function metricsOf({ url }: Service, headers: Record<string, string> = {}) {
  const response = await fetch(`${url}/metrics`, { headers })
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() }
}

function seriesIn(text: string, series: string): number | null {
  const line = text.split('\n').find((line) => line.startsWith(`${series} `))
  return line === undefined ? null : Number(line.slice(series.length + 1))
}

describe('the metrics', () => {
  it('tell how readers were answered, and how long that took', async () => {
    const service = await aService()
    for (const article of ['a', 'b', 'a']) await view(service, 'ann', article)
    await view(service, 'ann', 'c', '/v1/access')
    const { status, type, text } = await metricsOf(service)
    assert.equal(status, 200)
    assert.match(type ?? '', /^text\/plain; version=0\.0\.4/)
    const decisions = (route: string, reason: string) =>
      seriesIn(text, `newsrack_decisions_total{site="demo",route="${route}",reason="${reason}"}`)
    assert.equal(decisions('views', 'metered'), 2)
    assert.equal(decisions('views', 'reread'), 1)
    assert.equal(decisions('access', 'metered'), 1)
    assert.equal(seriesIn(text, 'newsrack_decision_seconds_count'), 4)
    assert.equal(seriesIn(text, 'newsrack_store_away'), 0)
    assert.ok(seriesIn(text, 'process_resident_memory_bytes'))
  })

  it('tell that the store is away, and how its questions failed', async () => {
    const redis = await startRedis()
    stops.push(redis.stop)
    const service = await aService({ REDIS_URL: redis.url })
    await redis.kill()
    for (let article = 0; article < 5; article += 1) await view(service, 'ann', `article-${article}`)
    await until(async () => seriesIn((await metricsOf(service)).text, 'newsrack_store_away') === 1)
    const { text } = await metricsOf(service)
    const kinds = ['timeout', 'connection', 'refused', 'breaker']
    const failures = kinds.map(
      (kind) => seriesIn(text, `newsrack_store_failures_total{kind="${kind}"}`) ?? Number.NaN,
    )
    assert.equal(
      failures.reduce((sum, each) => sum + each, 0),
      5,
    )
    assert.equal(
      seriesIn(text, 'newsrack_decisions_total{site="demo",route="views",reason="store_unavailable"}'),
      5,
    )
  })

  it('tell of attempts to buy and of events', async () => {
    const service = await aService()
    const json = { 'Content-Type': 'application/json' }
    const purchase = { offer: 'none', termsHash: 'x', consent: true }
    await fetch(`${service.url}/v1/checkout`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify(purchase),
    })
    await fetch(`${service.url}/v1/webhooks/stripe`, { method: 'POST', body: '{}' })
    const { text } = await metricsOf(service)
    assert.equal(seriesIn(text, 'newsrack_checkout_attempts_total{outcome="offer_unavailable"}'), 1)
    assert.equal(seriesIn(text, 'newsrack_webhooks_total{type="unknown",outcome="refused"}'), 1)
  })

  it('are for whoever bears the token, where there is one', async () => {
    const service = await aService({ METRICS_TOKEN: 'a-token-of-the-operator' })
    assert.equal((await metricsOf(service)).status, 401)
    assert.equal((await metricsOf(service, { Authorization: 'Bearer another-token-or-so' })).status, 401)
    const headers = { Authorization: 'Bearer a-token-of-the-operator', 'X-Forwarded-For': '192.0.2.1' }
    assert.equal((await metricsOf(service, headers)).status, 200)
  })

  it('are not for whoever comes through a proxy, where there is no token', async () => {
    const service = await aService()
    for (const name of ['X-Forwarded-For', 'Forwarded', 'Via']) {
      const { status, text } = await metricsOf(service, { [name]: '192.0.2.1' })
      assert.equal(status, 401)
      assert.equal(JSON.parse(text).code, 'unauthorized')
    }
  })
})
