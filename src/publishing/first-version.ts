import type { Logger } from 'pino'
import { auditNote } from './audit.ts'
import { checkConfiguration } from './check-configuration.ts'
import type { Configuration } from './configuration.ts'
import { loadConfiguration } from './load-configuration.ts'
import type { Version, VersionStore } from './version-store.ts'

export type PublishedConfiguration = { version: number; configuration: Configuration }

/**
 * What a start answers by. The folder is the first version, and as long as nobody has published anything else, files
 * that say something new are the next one. From the first version that came by the console or the API on, versions rule
 * and the folder is not looked at: it never undoes what somebody published. Several processes that start at once agree.
 * Rejects with ConfigurationError when files that are to be published are wrong. `now` is in epoch milliseconds.
 */
export async function firstVersion(options: {
  directory: string
  store: VersionStore
  now: number
  log: Pick<Logger, 'error'>
}): Promise<PublishedConfiguration> {
  const { directory, store, now, log } = options
  const firstStartedAt = await store.firstStart(now)
  const latest = await store.version(await store.latestNumber())
  if (latest !== null && latest.source === null) return lastGood(latest, { store, log })
  const { configuration, source } = await loadConfiguration(directory, { firstStartedAt })
  if (latest !== null && latest.source === source) return lastGood(latest, { store, log })
  const number = (latest?.number ?? 0) + 1
  const version: Version = {
    number,
    source,
    configuration,
    publishedAtMs: now,
    archive: [],
    by: null,
    why: `The files of ${directory}`,
    draft: null,
    approvedBy: null,
    restores: null,
  }
  const note = auditNote({ atMs: now, by: null, action: 'published', version: number, why: version.why })
  const outcome = await store.publish({ version, draft: null, note })
  return outcome === 'published' ? readVersion(version) : firstVersion(options)
}

/** A stored version is checked like any other: what it holds may be older than this program. Throws when it does not validate. */
export function readVersion({ number, configuration }: Version): PublishedConfiguration {
  const checked = checkConfiguration(configuration, { firstStartedAt: 0 })
  if ('problems' in checked) {
    const problems = checked.problems.map(({ path, message }) => `${path.join('.')}: ${message}`)
    throw new Error(`version ${number} of the configuration does not validate: ${problems.join('; ')}`)
  }
  return { version: number, configuration: checked.configuration }
}

/** The version, or the newest before it that this program can use. */
async function lastGood(
  version: Version,
  { store, log }: { store: VersionStore; log: Pick<Logger, 'error'> },
): Promise<PublishedConfiguration> {
  try {
    return readVersion(version)
  } catch (error) {
    const before = await store.version(version.number - 1)
    if (before === null) throw error
    log.error({ error }, `version ${version.number} cannot be used; the one before it rules`)
    return lastGood(before, { store, log })
  }
}
