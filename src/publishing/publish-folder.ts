import { checkConfiguration } from './check-configuration.ts'
import type { Configuration } from './configuration.ts'
import { loadConfiguration } from './load-configuration.ts'
import type { Version, VersionStore } from './version-store.ts'

export type PublishedConfiguration = { version: number; configuration: Configuration }

/**
 * What a start publishes: the folder's configuration as the next version where its files say something new, else the
 * version that is already there, with the instants that were fixed then. Several processes that start at once agree.
 * Rejects with ConfigurationError when the folder's files are wrong. `now` is in epoch milliseconds.
 */
export async function publishFolder(options: {
  directory: string
  store: VersionStore
  now: number
}): Promise<PublishedConfiguration> {
  const { directory, store, now } = options
  const firstStartedAt = await store.firstStart(now)
  const { configuration, source } = await loadConfiguration(directory, { firstStartedAt })
  const latest = await store.latest()
  if (latest !== null && latest.source === source) return readVersion(latest)
  const next: Version = { number: (latest?.number ?? 0) + 1, source, configuration, publishedAtMs: now }
  return (await store.publishVersion(next)) ? readVersion(next) : publishFolder(options)
}

/** A stored version is checked like any other: what it holds may be older than this program. */
function readVersion({ number, configuration }: Version): PublishedConfiguration {
  const checked = checkConfiguration(configuration, { firstStartedAt: 0 })
  if ('problems' in checked) {
    const problems = checked.problems.map(({ path, message }) => `${path.join('.')}: ${message}`)
    throw new Error(`version ${number} of the configuration does not validate: ${problems.join('; ')}`)
  }
  return { version: number, configuration: checked.configuration }
}
