import { createServer } from 'node:http'
import { connectRedis, port } from './environment.ts'

// The least that counts: node:http and one INCR.
const redis = connectRedis()

createServer((_request, response) => {
  redis.incr('floor').then((count) => {
    const body = `{"count":${count}}`
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': body.length })
    response.end(body)
  })
}).listen(port, '127.0.0.1')
