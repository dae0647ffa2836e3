import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { describe, it } from 'node:test'
import { z } from 'zod'
import { readBody, rememberingReader } from '../../src/http/body.ts'
import { Problem } from '../../src/http/problem.ts'

describe('a body', () => {
  /** Sends the parts one after another, each once the one before has arrived, and answers with what was read of them. */
  async function bodyOf(parts: readonly string[], read: (request: IncomingMessage) => unknown) {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    const begun = Promise.withResolvers<void>()
    const server = createServer((request) => {
      Promise.resolve(read(request)).then(resolve, reject)
      begun.resolve()
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const socket = connect(port, '127.0.0.1')
    const length = parts.join('').length
    socket.write(
      `POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n${parts[0]}`,
    )
    await begun.promise
    for (const part of parts.slice(1)) socket.write(part)
    const body = await promise
    socket.destroy()
    server.close()
    return body
  }

  const text = async (request: IncomingMessage) => String(await readBody(request, 20))

  it('that comes with its head is read at once, without waiting for it', async () => {
    const waitedFor: string[] = []
    const read = (request: IncomingMessage) => {
      request.on('newListener', (event: string) => waitedFor.push(event))
      return text(request)
    }
    assert.equal(await bodyOf(['{"a":1}'], read), '{"a":1}')
    assert.deepEqual(waitedFor, [])
  })

  it('that comes in pieces is put together', async () => {
    assert.equal(await bodyOf(['{"a"', ':1}'], text), '{"a":1}')
  })

  it('may be empty', async () => {
    assert.equal(await bodyOf([''], text), '')
  })

  it('is refused when it is too long, whether it comes at once or in pieces', async () => {
    const read = (request: IncomingMessage) => readBody(request, 20)
    for (const parts of [['x'.repeat(21)], ['x'.repeat(12), 'x'.repeat(12)]]) {
      const refused = await bodyOf(parts, read)
      assert.equal(refused instanceof Problem && refused.code, 'body_too_large')
    }
  })

  it('that was read before is not read again, and one that was refused is', async () => {
    let checks = 0
    const schema = z.object({
      a: z.number().refine(() => {
        checks += 1
        return true
      }),
    })
    const read = rememberingReader(schema)
    const first = await bodyOf(['{"a":1}'], read)
    assert.equal(await bodyOf(['{"a":1}'], read), first)
    assert.equal(checks, 1)
    for (let time = 0; time < 2; time += 1) {
      const refused = await bodyOf(['{"a":"x"}'], read)
      assert.equal(refused instanceof Problem && refused.code, 'invalid_request')
    }
  })
})
