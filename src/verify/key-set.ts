import { createLocalJWKSet, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose'

/** The service's public keys, as far as they are known here. */
export type KeySet = {
  /** Finds the key of a token's header; rejects with KeysUnavailable while no key was ever fetched. */
  keyFor: JWTVerifyGetKey
}

/** The key set could not be fetched, and there is none from before. */
export class KeysUnavailable extends Error {
  override name = 'KeysUnavailable'
}

const freshMs = 3_600_000
const betweenFetchesMs = 10_000
const timeoutMs = 3_000

/**
 * Fetches the JWK set when a grant is first to be verified, again in the background when it is an hour old, and at once
 * when a grant names a key that is not in it. Between two fetches lie ten seconds, so that forged key ids cost the
 * service nothing; and while the service is away the last good keys stay. `now` gives epoch milliseconds.
 */
export function createKeySet({ address, now }: { address: URL; now: () => number }): KeySet {
  let known: { find: ReturnType<typeof createLocalJWKSet>; fetchedAtMs: number } | null = null
  let underWay: Promise<void> | null = null
  let triedAtMs = Number.NEGATIVE_INFINITY

  /** Resolves when there is nothing better to be had; rejects never. */
  function refresh(): Promise<void> {
    if (underWay === null && now() - triedAtMs >= betweenFetchesMs) {
      triedAtMs = now()
      underWay = fetchKeys(address)
        .then((keys) => {
          known = { find: createLocalJWKSet(keys), fetchedAtMs: now() }
        })
        .catch(() => {})
        .finally(() => {
          underWay = null
        })
    }
    return underWay ?? Promise.resolve()
  }

  return {
    async keyFor(header, token) {
      if (known === null) await refresh()
      else if (now() - known.fetchedAtMs >= freshMs) void refresh()
      if (known === null) throw new KeysUnavailable(`no key set from ${address.href}`)
      try {
        return await known.find(header, token)
      } catch {
        await refresh()
        return known.find(header, token)
      }
    },
  }
}

async function fetchKeys(address: URL): Promise<JSONWebKeySet> {
  const response = await fetch(address, { signal: AbortSignal.timeout(timeoutMs) })
  if (!response.ok) throw new Error(`status ${response.status}`)
  const body: unknown = await response.json()
  if (!isKeySet(body)) throw new Error('no JWK set')
  return body
}

function isKeySet(body: unknown): body is JSONWebKeySet {
  return typeof body === 'object' && body !== null && 'keys' in body && Array.isArray(body.keys)
}
