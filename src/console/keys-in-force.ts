import type { Logger } from 'pino'
import type { Author } from '../publishing/author.ts'
import { hashKey, type KeyRights } from '../readers/site-keys.ts'
import { type Followed, follow } from '../stores/follow.ts'
import { consoleRoleOf } from './api-key.ts'
import type { ApiKeyStore } from './api-key-store.ts'
import type { Role } from './person.ts'

/** The keys in force, by their hashes: who may speak for readers of a site, and who may work in the console. */
export type Keys = {
  siteKeys: ReadonlyMap<string, KeyRights>
  scripts: ReadonlyMap<string, { author: Author; role: Role }>
}

/** Holds the keys in memory and follows the store, so that no request waits for it. */
export async function keysInForce(store: ApiKeyStore, log: Logger): Promise<Followed<Keys>> {
  const revision = await store.keysRevision()
  return follow<Keys>({
    what: 'the keys',
    first: { revision, value: await load(store) },
    newest: () => store.keysRevision(),
    load: () => load(store),
    log,
  })
}

/** What a key may do in the console. `own` is the key that development makes for itself. */
export function createScriptOf(
  keys: () => Keys,
  own: string | null,
): (key: string) => { author: Author; role: Role } | null {
  const ownHash = own === null ? null : hashKey(own)
  return (key) => {
    const hash = hashKey(key)
    if (hash === ownHash)
      return { author: { id: 'development', name: 'Development’s key' }, role: 'publisher' }
    return keys().scripts.get(hash) ?? null
  }
}

async function load(store: ApiKeyStore): Promise<Keys> {
  const siteKeys = new Map<string, KeyRights>()
  const scripts = new Map<string, { author: Author; role: Role }>()
  for (const key of await store.apiKeys()) {
    if (key.endedAtMs !== null) continue
    const { id, name, hash, site, scopes } = key
    const mayImport = scopes.includes('import')
    if (site !== null && (mayImport || scopes.includes('views'))) siteKeys.set(hash, { site, mayImport })
    const role = consoleRoleOf(key)
    if (role !== null) scripts.set(hash, { author: { id, name }, role })
  }
  return { siteKeys, scripts }
}
