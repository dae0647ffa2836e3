import assert from 'node:assert/strict'
import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { it } from 'node:test'
import { metricsRoutes } from '../../src/metrics/metrics.routes.ts'
import { createMetrics } from '../../src/metrics/metrics.ts'

const metrics = createMetrics()

/** What a caller from this address is answered. */
async function statusFor(remoteAddress: string): Promise<number> {
  const socket = new Socket()
  Object.defineProperty(socket, 'remoteAddress', { value: remoteAddress })
  const request = new IncomingMessage(socket)
  const response = new ServerResponse(request)
  for (const { handle } of metricsRoutes({ metrics, token: null })) await handle(request, response)
  return response.statusCode
}

it('without a token, the metrics are for programs on the same machine only', async () => {
  for (const address of ['127.0.0.1', '::1', '::ffff:127.0.0.1']) assert.equal(await statusFor(address), 200)
  for (const address of ['10.0.0.7', '::ffff:10.0.0.7', '127.example', '2001:db8::1', '']) {
    assert.equal(await statusFor(address), 401)
  }
})
