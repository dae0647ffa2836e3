import express from 'express'
import { connectRedis, port, readerOf } from './environment.ts'
import { createLimiter } from './limiter.ts'

// A bare Express: no body read, no token checked, only the limiter.
const limit = createLimiter(connectRedis())
const app = express()
app.post('/v1/views', async (request, response) => {
  response.json(await limit(readerOf(request.headers.cookie)))
})
app.listen(port, '127.0.0.1')
