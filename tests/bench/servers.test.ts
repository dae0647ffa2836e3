import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { askOnce } from '../../bench/ask-once.ts'
import { contenders } from '../../bench/contenders.ts'
import { prepareRequests } from '../../bench/requests.ts'
import { startServer } from '../../bench/server-process.ts'
import { startRedis } from '../support/redis.ts'

/** Redis may be slow here, as it is while many tests run. */
const unhurried = { STORE_TIMEOUT_MS: '1000' }

describe('the servers of the benchmark', () => {
  let redis: Awaited<ReturnType<typeof startRedis>>
  before(async () => {
    redis = await startRedis()
  })
  after(() => redis.stop())

  for (const { id, file, requests } of contenders.filter(({ processes }) => processes === 1)) {
    it(`answer the load generator: ${id}`, async () => {
      const [first = '', second = ''] = prepareRequests(requests, 2)
      const server = await startServer({ file, redisUrl: redis.url, environment: unhurried })
      try {
        await server.untilGood(first)
        const { status, text } = await askOnce(server.port, second)
        assert.equal(status, 200)
        if (file.endsWith('src/server.ts')) assert.match(text, /"granted":true,"reason":"metered"/)
        const { cpuMicroseconds, rssBytes } = await server.usage()
        assert.ok(cpuMicroseconds > 0)
        assert.ok(rssBytes > 10e6)
      } finally {
        await server.stop()
      }
    })
  }

  it('meet readers who are refused too, with an offer', async () => {
    const server = await startServer({
      file: '../src/server.ts',
      redisUrl: redis.url,
      environment: unhurried,
    })
    try {
      const eight = prepareRequests({ path: '/v1/views', token: 'reader' }, 1)
      await server.untilGood(eight[0] ?? '')
      const answers: string[] = []
      for (const request of eight) answers.push((await askOnce(server.port, request)).text)
      assert.equal(answers.filter((answer) => answer.includes('"reason":"metered"')).length, 4)
      assert.equal(answers.filter((answer) => answer.includes('"reason":"reread"')).length, 2)
      assert.equal(answers.filter((answer) => /"granted":false.*"offer":\{/s.test(answer)).length, 2)
    } finally {
      await server.stop()
    }
  })
})
