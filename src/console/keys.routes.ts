import { z } from 'zod'
import { Problem, wrongField } from '../http/problem.ts'
import type { Route } from '../http/route.ts'
import type { Rules } from '../paywall/rules.ts'
import { idSchema } from '../publishing/id.ts'
import type { IdentifyActor } from './actor.ts'
import { type ApiKey, apiKeySchema, scopeSchema } from './api-key.ts'
import type { ApiKeyStore } from './api-key-store.ts'
import { consoleRoute, noBody, noQuery } from './console-route.ts'
import { nameSchema } from './person-answer.ts'
import { makeId, makeToken } from './secret-token.ts'

export type KeyParts = {
  identify: IdentifyActor
  apiKeys: ApiKeyStore
  /** This process knows a new key at once. */
  refreshKeys: () => Promise<void>
  rules: () => Rules
  now: () => number
}

const keyAnswerSchema = apiKeySchema
  .pick({ id: true, name: true, site: true, scopes: true, createdBy: true })
  .extend({ createdAt: z.iso.datetime(), endedAt: z.iso.datetime().nullable() })
  .describe('A key, without what is secret')

const newKeySchema = z.strictObject({
  name: nameSchema.describe('What it is for'),
  site: idSchema.optional().describe('The site it speaks for; needed for views and import'),
  scopes: z.array(scopeSchema).min(1, 'at least one'),
})

/** Keys for scripts and publishers' servers. */
export function keyRoutes({ identify, apiKeys, refreshKeys, rules, now }: KeyParts): Route[] {
  return [
    consoleRoute(identify, {
      method: 'get',
      path: '/v1/console/keys',
      summary: 'The keys that were made here',
      role: 'admin',
      body: noBody,
      query: noQuery,
      answer: { description: 'The newest first', body: z.object({ keys: z.array(keyAnswerSchema) }) },
      async handle() {
        const keys = (await apiKeys.apiKeys()).toSorted((one, other) => other.createdAtMs - one.createdAtMs)
        return { keys: keys.map(keyAnswer) }
      },
    }),
    consoleRoute(identify, {
      method: 'post',
      path: '/v1/console/keys',
      summary: 'Make a key',
      description:
        'The key itself is told once, in this answer. It works in every process within two seconds.',
      role: 'admin',
      body: newKeySchema,
      query: noQuery,
      answer: {
        status: 201,
        description: 'The key',
        body: keyAnswerSchema.extend({ key: z.string().describe('Told this once') }),
      },
      async handle({ actor, body }) {
        const { name, site = null, scopes } = body
        const speaksForReaders = scopes.includes('views') || scopes.includes('import')
        if (speaksForReaders && (site === null || !rules().sites.has(site))) {
          return wrongField('site', 'the site that it speaks for')
        }
        const { token, hash } = makeToken('nr_')
        const key: ApiKey = {
          id: makeId('k'),
          name,
          hash,
          site,
          scopes: [...new Set(scopes)],
          createdAtMs: now(),
          createdBy: actor.author,
          endedAtMs: null,
        }
        await apiKeys.saveApiKey(key)
        await refreshKeys()
        return { ...keyAnswer(key), key: token }
      },
    }),
    consoleRoute(identify, {
      method: 'delete',
      path: '/v1/console/keys/:key',
      summary: 'End a key',
      description: 'Within two seconds no process takes it any more. It stays in the list.',
      role: 'admin',
      body: noBody,
      query: noQuery,
      answer: { description: 'Ended', body: keyAnswerSchema },
      problems: ['not_found'],
      async handle({ param }) {
        const key = (await apiKeys.apiKeys()).find(({ id }) => id === param('key'))
        if (key === undefined) return new Problem('not_found', 'There is no such key.')
        const ended = { ...key, endedAtMs: key.endedAtMs ?? now() }
        await apiKeys.saveApiKey(ended)
        await refreshKeys()
        return keyAnswer(ended)
      },
    }),
  ]
}

function keyAnswer({ id, name, site, scopes, createdBy, createdAtMs, endedAtMs }: ApiKey) {
  return {
    id,
    name,
    site,
    scopes,
    createdBy,
    createdAt: new Date(createdAtMs).toISOString(),
    endedAt: endedAtMs === null ? null : new Date(endedAtMs).toISOString(),
  }
}
