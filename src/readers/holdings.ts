import type { AmpLinkStore } from '../amp/amp-link-store.ts'
import type { GiftStore } from '../exemptions/gift-store.ts'
import type { MeterStore } from '../metering/meter-store.ts'
import type { NoticeStore } from '../notices/notice-store.ts'
import type { SiteRules } from '../paywall/rules.ts'
import { giftId } from '../subscriptions/gift-id.ts'
import type { Payments } from '../subscriptions/payments.ts'
import type { SubscriptionStore } from '../subscriptions/subscription-store.ts'
import type { AccountStore } from './account-store.ts'

/** A reader of whom all is told or forgotten: the key of `readerKey()`, and the rules of their site. */
export type HeldReader = { reader: string; site: SiteRules; now: number }

/** What one part of the service keeps about a reader. */
export type Holding = {
  /** The name of it in the export. */
  name: string
  held(about: HeldReader): Promise<unknown>
  /** Deletes it. May be repeated; rejects where it could not be done. */
  forget(about: HeldReader): Promise<void>
}

export type HoldingStores = {
  meter: MeterStore
  gifts: GiftStore
  subscriptions: SubscriptionStore
  notices: NoticeStore
  accounts: AccountStore
  ampLinks: AmpLinkStore
}

/**
 * All that is kept about readers, in the order in which it is forgotten: each step needs those after it to know what there
 * is, and the sessions go last, so that a reader whose deletion broke off can ask again.
 */
export function createHoldings(stores: HoldingStores, payments: Pick<Payments, 'forget'>): Holding[] {
  const { meter, gifts, subscriptions, notices, accounts, ampLinks } = stores
  return [
    {
      name: 'customers',
      held: ({ reader }) => subscriptions.customers(reader),
      async forget({ reader }) {
        for (const customer of await subscriptions.customers(reader)) await payments.forget(customer)
      },
    },
    {
      name: 'mails',
      async held({ reader }) {
        const about = await writtenAbout(subscriptions, reader)
        return (await Promise.all(about.map((id) => notices.noticesOf(id)))).flat()
      },
      async forget({ reader }) {
        for (const id of await writtenAbout(subscriptions, reader)) await notices.forgetNotices(id)
      },
    },
    {
      name: 'purchases',
      held: ({ reader }) => purchasesOf(subscriptions, reader),
      forget: ({ reader }) => subscriptions.forgetReader(reader),
    },
    {
      name: 'gifts',
      held: ({ reader }) => gifts.giftsOf(reader),
      forget: ({ reader }) => gifts.forgetReader(reader),
    },
    {
      name: 'views',
      held: async ({ reader, site }) => viewsOf(await meter.readerFacts(reader), site),
      forget: ({ reader }) => meter.forgetReader(reader),
    },
    {
      name: 'ampReaders',
      held: ({ reader }) => ampLinks.ampReadersOf(reader),
      forget: ({ reader }) => ampLinks.forgetReader(reader),
    },
    {
      name: 'account',
      held: async ({ reader, now }) => ({
        account: await accounts.account(reader),
        sessions: await accounts.sessions(reader, now),
      }),
      forget: ({ reader }) => accounts.forgetAccount(reader),
    },
  ]
}

/** What a reader may have been written about: their subscriptions, and the gifts that they have bought. */
async function writtenAbout(store: SubscriptionStore, reader: string): Promise<string[]> {
  const held = await store.heldBy(reader)
  return [...new Set([...held.subscriptions, ...held.attempts.map(giftId)])]
}

/** Attempts hold the consents; whoever had them moves takes them along. */
async function purchasesOf(store: SubscriptionStore, reader: string) {
  const held = await store.heldBy(reader)
  return {
    access: await store.access(reader),
    attempts: await Promise.all(held.attempts.map((id) => store.attempt(id))),
    redeemedGifts: await Promise.all(held.redeemed.map((id) => store.giftRedemption(id))),
  }
}

/** An article is known by a fingerprint of its id only; a nudge that was shown is told by that. */
function viewsOf(
  { views }: Awaited<ReturnType<MeterStore['readerFacts']>>,
  { meters, writeInstant }: SiteRules,
) {
  return views.map(({ article, meter, atSeconds }) => ({
    what: article === 0 ? 'nudge' : 'article',
    meter: meters.find(({ fingerprint }) => fingerprint === meter)?.id ?? null,
    at: writeInstant(atSeconds * 1000),
  }))
}
