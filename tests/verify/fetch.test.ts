import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { createContext, runInContext } from 'node:vm'
import { z } from 'zod'
import { grantGuard } from '../../src/verify/fetch.ts'
import { readText } from '../docs/markdown.ts'
import { buildVerify, buildVerifyForEdge } from '../support/verify-build.ts'
import { type KeyServer, startKeyServer } from './key-server.ts'

let service: KeyServer
beforeEach(async () => {
  service = await startKeyServer()
})
afterEach(() => service.stop())

function requestWith(grant: string | null): Request {
  const headers = grant === null ? {} : { authorization: `Bearer ${grant}` }
  return new Request('https://www.example.com/text/a', { headers })
}

describe('the guard for runtimes that speak the Fetch standard', () => {
  it('lets who has a grant on, and answers everyone else', async () => {
    const guard = grantGuard({ service: service.url, site: 'demo', now: service.now })
    assert.equal(await guard(requestWith(service.grantFor('a')), { id: 'a' }), null)
    const refusal = await guard(requestWith(null), { id: 'a' })
    assert.equal(refusal?.status, 401)
    assert.match(refusal?.headers.get('content-type') ?? '', /problem\+json/)
    assert.equal((await guard(requestWith(service.grantFor('b')), { id: 'a' }))?.status, 403)
  })

  it('answers 503, and not that the reader may not, while it has no keys', async () => {
    service.state.isDown = true
    const guard = grantGuard({ service: service.url, site: 'demo', now: service.now })
    const refusal = await guard(requestWith(service.grantFor('a')), { id: 'a' })
    assert.equal(refusal?.status, 503)
    assert.equal(refusal?.headers.get('retry-after'), '10')
  })

  it('runs where there is nothing but web standards, as it is built', async () => {
    const edge = createContext(webStandards)
    runInContext(await buildVerifyForEdge(), edge)
    edge.given = { service: service.url, grant: service.grantFor('a'), now: service.now }
    const statuses: unknown = await runInContext(
      `(async () => {
        const guard = newsrackVerify.grantGuard({ service: given.service, site: 'demo', now: given.now })
        const ask = (grant, id) => {
          const headers = grant === null ? {} : { authorization: 'Bearer ' + grant }
          return guard(new Request('https://www.example.com/text', { headers }), { id })
        }
        const answers = [await ask(given.grant, 'a'), await ask(given.grant, 'b'), await ask(null, 'a')]
        return JSON.stringify(answers.map((answer) => answer && answer.status))
      })()`,
      edge,
    )
    assert.equal(statuses, '[null,403,401]')
    assert.equal(runInContext('typeof process + typeof Buffer + typeof require', edge), 'undefined'.repeat(3))
  })
})

/** What the Minimum Common Web API has that a guard could want. */
const webStandards = {
  ...{ fetch, Request, Response, Headers, URL, AbortSignal, AbortController },
  ...{ crypto, CryptoKey, TextEncoder, TextDecoder, atob, btoa, structuredClone, Uint8Array },
}

describe('what publishers import', () => {
  it('is what package.json exports, and brings along all that it needs', async () => {
    const files = await buildVerify()
    const { exports } = z
      .object({ exports: z.record(z.string(), z.object({ default: z.string() })) })
      .parse(JSON.parse(readText('package.json')))
    const exported = Object.values(exports).map((entry) => entry.default.replace('./dist/verify/', ''))
    assert.deepEqual(exported.sort(), ['express.js', 'fetch.js'])
    for (const name of exported) assert.ok(files.has(name), name)
    for (const [name, code] of files) {
      for (const [, specifier] of code.matchAll(/^import .* from "([^"]+)"/gm)) {
        assert.equal(specifier, './shared.js', name)
      }
    }
  })
})
