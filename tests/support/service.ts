import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { createNewsrack } from '../../src/app.ts'
import { readSettings } from '../../src/settings.ts'
import { freePort } from './free-port.ts'

export const siteKey = 'test-key-of-the-site'
export const importKey = 'test-key-that-imports'

/**
 * What a test may decide about a service; the rest is a fresh installation with the shipped configuration, and with a
 * store that may be slow, as it is while many tests run.
 */
export type ServiceOptions = {
  environment?: Record<string, string>
  now?: () => number
}

/** A Newsrack of the test's own, whole and listening, with its data in a temporary directory that goes with it. */
export async function startService({ environment = {}, now = Date.now }: ServiceOptions = {}) {
  await using opening = new AsyncDisposableStack()
  const dataDir = await mkdtemp(join(tmpdir(), 'newsrack-service-'))
  opening.defer(() => rm(dataDir, { recursive: true, force: true }))
  const port = await freePort()
  const settings = readSettings({
    PORT: String(port),
    DATA_DIR: dataDir,
    LOG_LEVEL: 'silent',
    STORE_TIMEOUT_MS: '10000',
    SITE_KEYS: `demo:${siteKey},demo:${importKey}:import`,
    ...environment,
  })
  let running = await run()

  async function run(): Promise<AsyncDisposableStack> {
    await using starting = new AsyncDisposableStack()
    const newsrack = await createNewsrack({ settings, log: pino({ level: settings.logLevel }), now })
    starting.defer(newsrack.close)
    const server = createServer(newsrack.handle)
    await once(server.listen(port, '127.0.0.1'), 'listening')
    starting.defer(async () => {
      await new Promise((resolve) => {
        server.close(resolve)
        server.closeAllConnections()
      })
    })
    return starting.move()
  }

  const opened = opening.move()
  return {
    url: `http://localhost:${port}`,
    dataDir,
    async restart() {
      await running.disposeAsync()
      running = await run()
    },
    async stop() {
      await running.disposeAsync()
      await opened.disposeAsync()
    },
  }
}

export type Service = Awaited<ReturnType<typeof startService>>
