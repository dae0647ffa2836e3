import express from 'express'
import { rateLimit } from 'express-rate-limit'
import { type RedisReply, RedisStore } from 'rate-limit-redis'
import { connectRedis, port, readerOf } from './environment.ts'

// A bare Express: no body read, no token checked, only the limiter. Refusals answer 200 too, as a paywall's do.
const redis = connectRedis()
const app = express()
app.use(
  rateLimit({
    limit: 5,
    windowMs: 20 * 86_400_000,
    statusCode: 200,
    message: { granted: false },
    keyGenerator: (request) => readerOf(request.headers.cookie),
    store: new RedisStore({ sendCommand }),
  }),
)
app.post('/v1/views', (_request, response) => {
  response.json({ granted: true })
})
app.listen(port, '127.0.0.1')

async function sendCommand(command: string, ...args: string[]): Promise<RedisReply> {
  const reply = await redis.call(command, ...args)
  if (typeof reply === 'string' || typeof reply === 'number' || Array.isArray(reply)) return reply
  throw new Error(`Redis answered ${reply}`)
}
