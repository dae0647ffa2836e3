import { hash } from 'node:crypto'
import type { SiteKey } from '../settings.ts'

/** Finds the site of a publisher's key. Looked up by its hash, so that the time taken tells nothing of the keys. */
export function createSiteKeys(keys: readonly SiteKey[]): (key: string) => SiteKey | null {
  const byHash = new Map(keys.map((siteKey) => [hash('sha256', siteKey.key), siteKey]))
  return (key) => byHash.get(hash('sha256', key)) ?? null
}
