import type { AccountStore } from '../readers/account-store.ts'
import type { Breaker } from './breaker.ts'

/** The account store with its one question that opening an article may ask behind the breakers of the meter. */
export function guardAccountStore({
  accounts,
  breakerOf,
  failed,
}: {
  accounts: AccountStore
  breakerOf: (reader: string) => Breaker
  failed: (error: unknown) => void
}): AccountStore {
  return {
    ...accounts,
    seeSession: (seen) => breakerOf(seen.reader).ask(() => accounts.seeSession(seen), failed),
  }
}
