import type { Logger } from 'pino'
import type { CrawlerCheck } from '../exemptions/crawlers.ts'
import { prepareRules, type Rules } from '../paywall/rules.ts'
import { type Followed, follow } from '../stores/follow.ts'
import { firstVersion, readVersion } from './first-version.ts'
import type { VersionStore } from './version-store.ts'

/** Who wants to hear which version a process answers by. */
export type VersionWatch = { versionTaken(version: number): void; versionFailed(): void }

/**
 * The rules of the newest version, in every process within a second of its publication, and in the one that published it
 * at once, by `refresh()`. Rejects as `firstVersion` does.
 */
export async function rulesInForce(options: {
  directory: string
  store: VersionStore
  serviceUrl: URL
  crawlers: CrawlerCheck
  watch: VersionWatch
  log: Logger
  now: number
}): Promise<Followed<Rules>> {
  const { directory, store, serviceUrl, crawlers, watch, log, now } = options
  const first = await firstVersion({ directory, store, now, log })
  return follow<Rules>({
    what: 'the rules',
    first: { revision: first.version, value: prepareRules({ ...first, serviceUrl, crawlers }) },
    newest: () => store.latestNumber(),
    async load(number) {
      const version = await store.version(number)
      if (version === null) throw new Error(`there is no version ${number} of the configuration`)
      return prepareRules({ ...readVersion(version), serviceUrl, crawlers })
    },
    taken: (version) => watch.versionTaken(version),
    failed: () => watch.versionFailed(),
    log,
  })
}
