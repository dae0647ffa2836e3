import type { Logger } from 'pino'
import type { ClientAddress } from '../http/client-address.ts'
import type { Route } from '../http/route.ts'
import type { Mailer } from '../mail/mail.ts'
import type { Rules } from '../paywall/rules.ts'
import type { Stores } from '../stores/stores.ts'
import type { Payments } from '../subscriptions/payments.ts'
import { createAccountName } from './account-name.ts'
import { createIdentifyCaller } from './caller.ts'
import { createEnterAccount } from './enter-account.ts'
import { createHoldings } from './holdings.ts'
import { createMailLinks } from './mail-links.ts'
import { createMeetNewcomer } from './newcomers.ts'
import { createReadPublisherToken } from './publisher-token.ts'
import { readerRoutes } from './reader.routes.ts'
import { createDeleteReader, readerDataRoutes } from './reader-data.routes.ts'
import { readerPages } from './reader-pages.routes.ts'
import { createReaderSection } from './reader-section.ts'
import { createReaderTokens } from './reader-token.ts'
import { sessionRoutes } from './session.routes.ts'
import { createStrictCheck, createTrustingCheck } from './sessions.ts'
import { signInRoutes } from './sign-in.routes.ts'
import { createSignIn } from './sign-in.ts'
import { createSignInLimit } from './sign-in-limit.ts'
import { signInPages } from './sign-in-pages.routes.ts'
import type { KeyRights } from './site-keys.ts'

export type ReadersParts = {
  rules: () => Rules
  secrets: readonly string[]
  siteKey: (key: string) => KeyRights | null
  /** With which sites sign their own tokens; see SIGN_IN_SECRETS. */
  signInSecrets: ReadonlyMap<string, string>
  stores: Stores
  mailer: Mailer
  payments: Pick<Payments, 'forget'>
  serviceUrl: URL
  secureCookies: boolean
  addressOf: ClientAddress
  log: Pick<Logger, 'debug' | 'warn'>
  /** Epoch milliseconds. */
  now: () => number
}

/** Wires the room: who is calling, how they sign in and out, and what they may know and have deleted of themselves. */
export function createReaders(parts: ReadersParts) {
  const { rules, stores, log } = parts
  const { accounts, meter, signIns, subscriptions } = stores
  const tokens = createReaderTokens(parts.secrets)
  const identifying = createIdentifying(parts, tokens)
  const enterAccount = createEnterAccount(stores)
  const accountName = createAccountName(accounts)
  const signIn = createSignIn({ rules, signIns, accounts, accountName, enterAccount })
  const limit = createSignInLimit(stores.makeLimiter)
  const mailLinks = createMailLinks({ ...parts, signIn, limit })
  const readPublisherToken = createReadPublisherToken({
    secrets: parts.signInSecrets,
    onKeysAway: (error) => log.warn({ error }, 'a publisher’s keys could not be had'),
  })
  const holdings = createHoldings(stores, parts.payments)
  const shared = { ...parts, ...identifying, tokens, mailLinks }
  const routes: Route[] = [
    ...signInRoutes({ ...shared, accounts, enterAccount, signIn, readPublisherToken }),
    ...sessionRoutes({ ...shared, accounts }),
    ...readerDataRoutes({ ...shared, holdings }),
    ...readerRoutes({ ...shared, accounts, meter, subscriptions }),
  ]
  return {
    ...identifying,
    routes,
    pages: [
      signInPages({ ...shared, signIn, isStoreAway: stores.isAway }),
      readerPages({ ...shared, accounts, isStoreAway: stores.isAway }),
    ],
    deleteReader: createDeleteReader({ ...shared, holdings }),
    section: createReaderSection({ accounts, now: parts.now }),
    /** Waits for mails that are under way. */
    close: mailLinks.settled,
  }
}

/** `identifyAtOnce` is for opening articles: it may believe a session that was ended for a while. */
function createIdentifying(parts: ReadersParts, tokens: ReturnType<typeof createReaderTokens>) {
  const { accounts, makeLimiter } = parts.stores
  const onStoreAway = (error: unknown) =>
    parts.log.debug({ error }, 'the store could not be asked about a reader')
  const known = {
    tokens,
    siteKey: parts.siteKey,
    meet: createMeetNewcomer({ ...parts, makeLimiter, onStoreAway }),
  }
  return {
    identify: createIdentifyCaller({ ...known, checkSessions: createStrictCheck({ accounts }) }),
    identifyAtOnce: createIdentifyCaller({
      ...known,
      checkSessions: createTrustingCheck({ accounts, onStoreAway }),
    }),
  }
}
