import type Stripe from 'stripe'
import type { Money } from '../offers/money.ts'
import type { Attempt } from './attempt.ts'
import { billWords } from './bill-words.ts'
import { createOnce } from './create-once.stripe.ts'
import { attemptLabel, writeLabels } from './labels.stripe.ts'
import { orMissing } from './or-missing.stripe.ts'
import { type SubscriptionFacts, subscriptionFacts } from './subscription.stripe.ts'

/**
 * An introductory amount below what Stripe charges waits as an item for the subscription's first regular invoice. It
 * must be there once while the reader is to be billed, and not at all when they leave before. Safe to call at any time,
 * twice and at once. Answers whether something had to be changed.
 */
export async function settleIntroCharge(
  stripe: Stripe,
  subscription: SubscriptionFacts,
  attempt: Attempt,
): Promise<boolean> {
  const { intro } = attempt
  if (intro?.kind !== 'trial' || intro.collected !== 'with_first_bill') return false
  const changed = await settleAsOf(stripe, { subscription, attempt, price: intro.price })
  if (!changed) return false
  // The reader may have left or come back meanwhile, and whoever settled that have looked before this was changed.
  const now = subscriptionFacts(await stripe.subscriptions.retrieve(subscription.id))
  if (now !== null && isDue(now) !== isDue(subscription)) await settleIntroCharge(stripe, now, attempt)
  return true
}

/** Whether something had to be changed. */
async function settleAsOf(stripe: Stripe, { subscription, attempt, price }: Waiting): Promise<boolean> {
  const waiting = await waitingItems(stripe, subscription.customer, attempt.id)
  if (!isDue(subscription)) {
    for (const item of waiting) await orMissing(stripe.invoiceItems.del(item.id))
    return waiting.length > 0
  }
  if (waiting.length > 0) return false
  await addOnce(stripe, { subscription, attempt, price }, `${attempt.id}:intro`)
  return true
}

type Waiting = { subscription: SubscriptionFacts; attempt: Attempt; price: Money }

function isDue({ introEndsAtMs, endsAtMs }: SubscriptionFacts): boolean {
  return introEndsAtMs !== null && (endsAtMs === null || endsAtMs > introEndsAtMs)
}

async function waitingItems(
  stripe: Stripe,
  customer: string,
  attempt: string,
): Promise<Stripe.InvoiceItem[]> {
  const listed = await orMissing(stripe.invoiceItems.list({ customer, pending: true, limit: 100 }))
  return (listed?.data ?? []).filter(({ metadata }) => metadata?.[attemptLabel] === attempt)
}

/**
 * Stripe repeats its first answer to an idempotency key, also when the item has been deleted since, because the reader
 * left and came back. The next key is then made from that item, so that however many try at once, one item is added.
 */
async function addOnce(stripe: Stripe, given: Waiting, key: string): Promise<void> {
  const { customer } = given.subscription
  const item = await createOnce(key, async (idempotencyKey) => {
    const [waiting] = await waitingItems(stripe, customer, given.attempt.id)
    return waiting ?? stripe.invoiceItems.create(introItem(given), { idempotencyKey })
  })
  const isThere = (await orMissing(stripe.invoiceItems.retrieve(item.id))) !== null
  if (!isThere) await addOnce(stripe, given, `${item.id}:again`)
}

function introItem({ subscription, attempt, price }: Waiting): Stripe.InvoiceItemCreateParams {
  const { planName, language, tax } = attempt
  return {
    customer: subscription.customer,
    subscription: subscription.id,
    amount: price.amount,
    currency: price.currency.toLowerCase(),
    description: billWords(language).introPeriod(planName),
    metadata: writeLabels(attempt),
    ...(tax !== 'none' && { tax_behavior: tax }),
  }
}
