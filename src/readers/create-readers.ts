import type { Logger } from 'pino'
import type { ClientAddress } from '../http/client-address.ts'
import type { Rules } from '../paywall/rules.ts'
import type { SiteKey } from '../settings.ts'
import type { Stores } from '../stores/stores.ts'
import { createIdentifyCaller } from './caller.ts'
import { createMeetNewcomer } from './newcomers.ts'
import { createReaderTokens } from './reader-token.ts'
import { createStrictCheck, createTrustingCheck } from './sessions.ts'
import { createSiteKeys } from './site-keys.ts'

export type ReadersParts = {
  rules: () => Rules
  secrets: readonly string[]
  siteKeys: readonly SiteKey[]
  stores: Stores
  addressOf: ClientAddress
  log: Pick<Logger, 'debug' | 'warn'>
}

/** Wires the room: who is calling. `identifyAtOnce` is for opening articles; it may believe an ended session for a while. */
export function createReaders({ rules, secrets, siteKeys, stores, addressOf, log }: ReadersParts) {
  const tokens = createReaderTokens(secrets)
  const { accounts, makeLimiter } = stores
  const onStoreAway = (error: unknown) => log.debug({ error }, 'the store could not be asked about a reader')
  const known = {
    tokens,
    siteKey: createSiteKeys(siteKeys),
    meet: createMeetNewcomer({ rules, secrets, makeLimiter, addressOf, onStoreAway }),
  }
  return {
    identify: createIdentifyCaller({ ...known, checkSessions: createStrictCheck({ accounts }) }),
    identifyAtOnce: createIdentifyCaller({
      ...known,
      checkSessions: createTrustingCheck({ accounts, onStoreAway }),
    }),
  }
}
