import type { Buyer } from './eligibility.ts'
import type { SubscriptionStore } from './subscription-store.ts'

/** Learns what decides whether a reader may buy. Rejects when the store cannot be asked. */
export async function buyerOf(
  store: Pick<SubscriptionStore, 'access' | 'attempt' | 'boughtOffers'>,
  { reader, registered, country }: { reader: string; registered: boolean; country: string | null },
): Promise<Buyer> {
  const [access, bought] = await Promise.all([store.access(reader), store.boughtOffers(reader)])
  const held = access === null ? null : { access, attempt: await store.attempt(access.attempt) }
  return { registered, country, bought, held }
}
