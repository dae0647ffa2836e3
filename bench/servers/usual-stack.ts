import { devNull } from 'node:os'
import cookieParser from 'cookie-parser'
import express from 'express'
import helmet from 'helmet'
import jwt from 'jsonwebtoken'
import { pino } from 'pino'
import { pinoHttp } from 'pino-http'
import { connectRedis, port } from './environment.ts'
import { createLimiter } from './limiter.ts'

// What a team puts together in a day: each part at its defaults, a log line a request, kept nowhere.
const limit = createLimiter(connectRedis())
const secret = process.env.NEWSRACK_SECRET ?? ''
const app = express()
app.use(pinoHttp({ logger: pino(pino.destination(devNull)) }))
app.use(helmet())
app.use(express.json())
app.use(cookieParser())
app.post('/v1/views', async (request, response) => {
  const { sub } = jwt.verify(request.cookies.session, secret, { algorithms: ['HS256'] })
  const verdict = await limit(String(sub))
  response.json({ ...verdict, article: request.body.article.id })
})
app.listen(port, '127.0.0.1')
