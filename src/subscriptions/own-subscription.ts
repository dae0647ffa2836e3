import { type Access, isGift } from './access.ts'
import { type LearnParts, learnAccess } from './learn-event.ts'
import type { SubscriptionStore } from './subscription-store.ts'

/**
 * What readers may do with the one subscription that is theirs. A reader is named by the key of `readerKey()`. Each
 * answers with what the subscription gives afterwards, null where none is running, and may be repeated. Each rejects
 * with PaymentsUnavailable when Stripe does not answer.
 */
export type OwnSubscription = {
  /** Learns from Stripe how it stands now. */
  look(reader: string): Promise<Access | null>
  /** Ends with what is paid; during an introductory period that is its end. */
  cancel(reader: string): Promise<Access | null>
  /** Goes on after all, while it is still running. */
  resume(reader: string): Promise<Access | null>
}

export function createOwnSubscription(parts: LearnParts & { store: SubscriptionStore }): OwnSubscription {
  const { payments, store } = parts

  /** `change` says whether the subscription was still running, which only Stripe knows. A gift there is nothing to change in. */
  async function withOwn(reader: string, change: (id: string) => Promise<boolean>): Promise<Access | null> {
    const access = await store.access(reader)
    if (access === null) return null
    const wasRunning = !isGift(access) && (await change(access.subscription))
    await learnAccess(parts, access.subscription)
    return wasRunning ? store.access(reader) : null
  }

  return {
    async look(reader) {
      const access = await store.access(reader)
      if (access !== null) await learnAccess(parts, access.subscription)
      return store.access(reader)
    },
    cancel: (reader) => withOwn(reader, payments.setToEnd),
    resume: (reader) => withOwn(reader, payments.keep),
  }
}
