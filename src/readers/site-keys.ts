import { hash } from 'node:crypto'
import type { SiteKey } from '../settings.ts'

/** What a key says of who bears it: a server of this site, which may also send past instants. */
export type KeyRights = Pick<SiteKey, 'site' | 'mayImport'>

/**
 * Finds the site of a publisher's key: one of the settings, or one that was made in the console, which is known by its hash
 * only. Looked up by hashes, so that the time taken tells nothing of the keys.
 */
export function createSiteKeys(
  keys: readonly SiteKey[],
  made: () => ReadonlyMap<string, KeyRights> = () => none,
): (key: string) => KeyRights | null {
  const byHash = new Map(keys.map((siteKey) => [hashKey(siteKey.key), siteKey]))
  return (key) => {
    const hashed = hashKey(key)
    return byHash.get(hashed) ?? made().get(hashed) ?? null
  }
}

const none: ReadonlyMap<string, KeyRights> = new Map()

export function hashKey(key: string): string {
  return hash('sha256', key, 'base64url')
}
