import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { it } from 'node:test'
import { pino } from 'pino'
import { readBody } from '../../src/http/body.ts'
import { createAnswerFailure } from '../../src/http/failure.ts'

it('a client that leaves in the middle of its request fills no log', async () => {
  const logged: string[] = []
  const log = pino({ level: 'debug' }, { write: (line: string) => logged.push(line) })
  const answerFailure = createAnswerFailure({ log, isStoreAway: () => false })
  const { promise: failed, resolve } = Promise.withResolvers<void>()
  const server = createServer((request, response) => {
    readBody(request).catch((error) => {
      answerFailure(error, request, response)
      resolve()
    })
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  assert.ok(address !== null && typeof address !== 'string')
  const client = connect(address.port, '127.0.0.1')
  await once(client, 'connect')
  client.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"half')
  await once(server, 'request')
  client.destroy()
  await failed
  server.close()
  assert.deepEqual(logged, [])
})
