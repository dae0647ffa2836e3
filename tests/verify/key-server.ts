import { once } from 'node:events'
import { createServer } from 'node:http'
import { createGrantKeys } from '../../src/grants/grant-keys.ts'
import { createSignGrant } from '../../src/grants/grants.ts'
import { articleSchema } from '../../src/paywall/article.ts'
import { roomRules } from '../support/reading-room.ts'

export const anHourMs = 3_600_000

/** A service that signs grants and publishes its keys over HTTP, and nothing else. Its clock stands where the test puts it. */
export async function startKeyServer() {
  const clock = { now: Date.parse('2026-11-24T12:00:00Z') }
  const state = { isDown: false, asked: 0, secrets: ['a-secret-of-the-test-that-is-long-enough'] }
  const server = createServer((_request, response) => {
    state.asked += 1
    if (state.isDown) response.writeHead(500).end()
    else response.end(JSON.stringify({ keys: createGrantKeys(state.secrets).publishedAt(clock.now) }))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const url = `http://127.0.0.1:${address.port}`
  const { site } = roomRules({ site: { grants: { minutes: 5 } } })

  return {
    url,
    clock,
    state,
    now: () => clock.now,
    /** A grant of now. */
    grantFor(id: string, { class: articleClass = 'metered' }: { class?: string } = {}): string {
      const { secrets } = state
      const sign = createSignGrant({ keys: createGrantKeys(secrets), secrets, serviceUrl: new URL(url) })
      const article = articleSchema.parse({ id, class: articleClass })
      return sign({ site, reader: 'demo:reader-1', article, now: clock.now }) ?? ''
    },
    async stop() {
      await new Promise((resolve) => {
        server.close(resolve)
        server.closeAllConnections()
      })
    },
  }
}

export type KeyServer = Awaited<ReturnType<typeof startKeyServer>>
