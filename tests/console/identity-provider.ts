import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { Provider } from 'oidc-provider'
import request from 'supertest'
import { freePort } from '../support/free-port.ts'

const client = { id: 'newsrack', secret: 'the secret of the client' }

/** What the provider vouches for, by the name that somebody signs in with there. */
export type Claims = { email?: string; email_verified?: boolean; name?: string; groups?: string[] }

/**
 * A real OpenID Connect provider on loopback, which insists on PKCE. Give its `environment` to a service, and the service's
 * address to `serve`.
 */
export async function startIdentityProvider(accounts: Readonly<Record<string, Claims>>) {
  const port = await freePort()
  const issuer = `http://127.0.0.1:${port}`
  const server = createServer()

  return {
    environment: { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: client.id, OIDC_CLIENT_SECRET: client.secret },
    async serve(serviceUrl: string) {
      const provider = new Provider(issuer, {
        clients: [
          {
            client_id: client.id,
            client_secret: client.secret,
            redirect_uris: [`${serviceUrl}/v1/console/sign-in/oidc/callback`],
          },
        ],
        pkce: { required: () => true },
        claims: { email: ['email', 'email_verified'], profile: ['name', 'groups'] },
        cookies: { keys: ['a key of the test'] },
        findAccount: (_context, id) => ({
          accountId: id,
          claims: async () => ({ sub: id, ...accounts[id] }),
        }),
      })
      server.on('request', provider.callback())
      await once(server.listen(port, '127.0.0.1'), 'listening')
    },
    /** Signs in there, as a browser would from the address the service sent it to; where it is sent in the end. */
    async signIn(address: string, login: string): Promise<URL> {
      const browser = request.agent(issuer)
      let at = new URL(address)
      for (let step = 0; at.origin === issuer; step += 1) {
        assert.ok(step < 10, 'the provider leads somewhere')
        const page = await browser.get(at.pathname + at.search)
        const answer =
          page.status === 200
            ? await browser.post(at.pathname).type('form').send(formOf(page.text, login))
            : page
        assert.ok(answer.headers.location, `the provider answered ${answer.status}: ${answer.text}`)
        at = new URL(answer.headers.location, issuer)
      }
      return at
    },
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Its page for developers asks who one is, and then whether the service may know. */
function formOf(page: string, login: string) {
  return page.includes('value="login"') ? { prompt: 'login', login, password: 'any' } : { prompt: 'consent' }
}
