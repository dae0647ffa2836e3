import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { after, before, describe, it } from 'node:test'
import { freePort } from './support/free-port.ts'

let dataDir: string
before(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'newsrack-server-'))
})
after(() => rm(dataDir, { recursive: true, force: true }))

/** The service as an operator starts it: a process of its own. */
function launch(environment: Record<string, string>) {
  const env = { PATH: process.env.PATH, DATA_DIR: dataDir, LOG_LEVEL: 'silent', ...environment }
  return spawn(process.execPath, ['src/server.ts'], { env, stdio: ['ignore', 'pipe', 'pipe'] })
}

/** What a start that fails says, and its exit code. */
async function failedStart(environment: Record<string, string>): Promise<{ code: unknown; said: string }> {
  const server = launch(environment)
  const [said, [code]] = await Promise.all([text(server.stderr), once(server, 'exit')])
  return { code, said }
}

describe('starting the service', () => {
  it('says where to go, answers, and stops when it is told to', async () => {
    const port = await freePort()
    // As in a fresh clone.
    const server = launch({ PORT: String(port), DATA_DIR: join(dataDir, 'not-there-yet') })
    const [first] = await Promise.race([
      once(createInterface({ input: server.stdout }), 'line'),
      text(server.stderr).then((said) => assert.fail(`it did not start: ${said}`)),
    ])
    assert.equal(first, `Read the demo newspaper at http://localhost:${port}/`)
    assert.equal((await fetch(`http://localhost:${port}/readyz`)).status, 200)
    server.kill('SIGTERM')
    const [code] = await once(server, 'exit')
    assert.equal(code, 0)
  })

  it('fails with the names of the settings that are missing in production', async () => {
    const { code, said } = await failedStart({ NODE_ENV: 'production' })
    assert.equal(code, 1)
    for (const name of [
      'PUBLIC_URL',
      'REDIS_URL',
      'STRIPE_SECRET_KEY',
      'STRIPE_WEBHOOK_SECRET',
      'NEWSRACK_SECRET',
    ]) {
      assert.match(said, new RegExp(`^${name}: missing`, 'm'))
    }
    assert.doesNotMatch(said, /\n\s+at /)
  })

  it('fails with file, line and field of what is wrong in the configuration', async () => {
    const configDir = join(dataDir, 'config')
    await cp('config', configDir, { recursive: true })
    await writeFile(
      join(configDir, 'meters.yaml'),
      '- id: default\n  window: fortnight\n  limit:\n    anonymous: 5\n    registered: 5\n',
    )
    const { code, said } = await failedStart({ CONFIG_DIR: configDir, PORT: '0' })
    assert.equal(code, 1)
    assert.match(said, /meters\.yaml:2: window: expected/)
    assert.doesNotMatch(said, /\n\s+at /)
  })

  it('fails when the port is taken', async () => {
    const taken = createServer()
    await once(taken.listen(0), 'listening')
    const address = taken.address()
    assert.ok(address !== null && typeof address !== 'string')
    const { code, said } = await failedStart({ PORT: String(address.port) })
    taken.close()
    assert.equal(code, 1)
    assert.match(said, new RegExp(`PORT: ${address.port} is taken`))
  })
})
