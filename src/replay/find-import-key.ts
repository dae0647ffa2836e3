import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

const secretsSchema = z.looseObject({ importKey: z.string().min(1) })

type ImportKey = { ok: true; key: string } | { ok: false; problem: string }

/**
 * The site key to replay with: the given one, else the first of SITE_KEYS that may import for this site,
 * else the one a development server left in its data directory.
 */
export async function findImportKey({
  given,
  site,
  siteKeys = '',
  dataDir,
}: {
  given: string | undefined
  site: string
  siteKeys: string | undefined
  dataDir: string
}): Promise<ImportKey> {
  const key = given ?? keyFromSettings(siteKeys, site) ?? (await keyOfDevelopmentServer(dataDir))
  if (key !== undefined) return { ok: true, key }
  return {
    ok: false,
    problem:
      `No site key that may import for ${site}: give one with --key, or set SITE_KEYS=${site}:<key>:import ` +
      `for the service and for this command, or start the service in development once, which writes one to ${dataDir}.`,
  }
}

function keyFromSettings(siteKeys: string, site: string): string | undefined {
  return siteKeys
    .split(',')
    .map((entry) => entry.trim().split(':'))
    .find(([ofSite, key, right]) => ofSite === site && key !== '' && right === 'import')?.[1]
}

async function keyOfDevelopmentServer(dataDir: string): Promise<string | undefined> {
  try {
    return secretsSchema.parse(JSON.parse(await readFile(join(dataDir, 'secrets.json'), 'utf8'))).importKey
  } catch {
    // Absent, unreadable or of another shape: to the person at the terminal it is the same missing key.
    return undefined
  }
}
