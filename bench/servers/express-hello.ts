import express from 'express'
import { port } from './environment.ts'

const app = express()
app.post('/v1/views', (_request, response) => {
  response.json({ hello: 'reader' })
})
app.listen(port, '127.0.0.1')
