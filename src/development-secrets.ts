import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Rules } from './paywall/rules.ts'
import type { Settings, SiteKey } from './settings.ts'
import { StartError } from './start-error.ts'

const secretsSchema = z.object({ newsrackSecret: z.string().min(32), importKey: z.string().min(16) })

export type DevelopmentSecrets = z.infer<typeof secretsSchema>

/**
 * What the service signs with, and whose keys it takes. In production the settings have a secret, so nothing is made up
 * there. Throws StartError for what does not fit the sites.
 */
export function secretsFor(
  settings: Settings,
  rules: Rules,
): { secrets: readonly string[]; siteKeys: readonly SiteKey[]; ownKey: string | null } {
  refuseKeysOfNoSite(settings.siteKeys, rules)
  refuseMissingSecrets(settings, rules)
  if (settings.production) return { ...settings, ownKey: null }
  const made = developmentSecrets(settings.dataDir)
  const [firstSite = ''] = rules.sites.keys()
  return {
    secrets: settings.secrets.length > 0 ? settings.secrets : [made.newsrackSecret],
    siteKeys: [...settings.siteKeys, { site: firstSite, key: made.importKey, mayImport: true }],
    ownKey: made.importKey,
  }
}

function refuseKeysOfNoSite(siteKeys: readonly SiteKey[], rules: Rules): void {
  for (const { site } of siteKeys) {
    if (!rules.sites.has(site))
      throw new StartError(`SITE_KEYS: there is no site ${site} in the configuration`)
  }
}

/** A site whose own sign-in signs with a secret needs it; nobody is to find that out by failing to sign in. */
function refuseMissingSecrets({ signInSecrets }: Settings, rules: Rules): void {
  for (const { site } of rules.sites.values()) {
    if (site.publisherSignIn?.algorithm === 'HS256' && !signInSecrets.has(site.id))
      throw new StartError(`SIGN_IN_SECRETS: expected a secret for ${site.id}, as its sign-in uses HS256`)
  }
}

/**
 * What production sets by hand, development makes once and keeps beside its data: readers stay who they are across a
 * restart, and the replay command finds a key.
 */
export function developmentSecrets(dataDir: string): DevelopmentSecrets {
  const file = join(dataDir, 'secrets.json')
  const kept = readIfThere(file)
  if (kept !== null) return secretsSchema.parse(JSON.parse(kept))
  const secrets = {
    newsrackSecret: randomBytes(36).toString('base64url'),
    importKey: randomBytes(18).toString('base64url'),
  }
  mkdirSync(dataDir, { recursive: true })
  writeFileSync(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 })
  return secrets
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}
