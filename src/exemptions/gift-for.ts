import type { Site } from '../paywall/site.ts'
import type { GiftStore } from './gift-store.ts'
import type { GiftTokens } from './gift-token.ts'
import type { Exemption } from './prepare-exemptions.ts'

/**
 * Whether a gift link opens this article to this reader (its key of `readerKey()`); `now` in epoch milliseconds. With
 * `count` the reader then is one of those who may open it. Rejects when the store cannot be asked.
 */
export type GiftFor = (claim: {
  token: string
  site: Site
  article: string
  reader: string
  count: boolean
  now: number
}) => Promise<Exemption | null>

/** A forged token, or one that has ended, costs no question to the store. */
export function giftFor({ store, tokens }: { store: GiftStore; tokens: GiftTokens }): GiftFor {
  return async ({ token, site, article, reader, count, now }) => {
    if (site.gifts === undefined) return null
    const verified = tokens.verify(token, { site: site.id, article, now })
    if (verified === null) return null
    const question = { gift: verified.gift, reader, readers: site.gifts.readers }
    const state = await (count ? store.redeemGift(question) : store.peekGift(question))
    return state === 'open' ? { reason: 'gift', by: verified.gift } : null
  }
}
