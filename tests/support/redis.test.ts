import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { createInterface } from 'node:readline'
import { describe, it } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { startRedis } from './redis.ts'

async function ask(port: number, ...commands: string[]): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.setEncoding('utf8').write(`${[...commands, 'QUIT'].join('\r\n')}\r\n`)
  return (await socket.toArray()).join('')
}

/**
 * An open connection, and when it ends: nothing but the end of the server ends it, while its port may be
 * somebody else's at once.
 */
async function connectTo(port: number): Promise<{ closed: Promise<void> }> {
  const connection = connect(port, '127.0.0.1')
  await once(connection, 'connect')
  // A server that ends before it has accepted resets the connection, which is an end like the other.
  connection.on('error', () => {}).resume()
  return { closed: new Promise((resolve) => connection.once('close', () => resolve())) }
}

describe("a test's own Redis", () => {
  it('answers, keeps nothing on disk unless asked to, and is gone when stopped', async () => {
    const redis = await startRedis()
    assert.equal(redis.url, `redis://127.0.0.1:${redis.port}`)
    assert.match(await ask(redis.port, 'PING', 'CONFIG GET appendonly'), /^\+PONG\r\n\*2\r\n.*no\r\n/s)
    const { closed } = await connectTo(redis.port)
    await redis.stop()
    await closed
  })

  it('starts beside others at the same moment', async () => {
    const several = await Promise.all([startRedis(), startRedis(), startRedis()])
    assert.equal(new Set(several.map(({ port }) => port)).size, 3)
    await Promise.all(several.map((redis) => redis.stop()))
  })

  it('has what it wrote to its append-only file again after a crash', async () => {
    const redis = await startRedis({ appendOnly: true })
    await ask(redis.port, 'SET reader 1')
    const { closed } = await connectTo(redis.port)
    await redis.kill()
    await closed
    await redis.restart()
    assert.match(await ask(redis.port, 'GET reader'), /^\$1\r\n1\r\n/)
    await redis.stop()
  })

  it('falls silent while frozen and answers when thawed', async () => {
    const redis = await startRedis()
    redis.freeze()
    let answered = false
    const answer = ask(redis.port, 'PING').then((reply) => {
      answered = true
      return reply
    })
    await nextTurn()
    assert.equal(answered, false)
    redis.thaw()
    assert.match(await answer, /^\+PONG/)
    redis.freeze()
    await redis.stop()
  })

  it('ends with the test process, also when that is killed and it was restarted', async () => {
    const source = `
      import { startRedis } from ${JSON.stringify(new URL('redis.ts', import.meta.url).href)}
      const redis = await startRedis({ appendOnly: true })
      await redis.kill()
      await redis.restart()
      console.log(redis.port)
      setInterval(() => {}, 60_000)`
    const test = spawn(process.execPath, ['--input-type=module', '--eval', source], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [port] = await once(createInterface({ input: test.stdout }), 'line')
    const { closed } = await connectTo(Number(port))
    test.kill('SIGKILL')
    await closed
  })
})
