import type Stripe from 'stripe'
import type { Attempt } from './attempt.ts'
import { createOnce } from './create-once.stripe.ts'

/** Stripe's ids of the regular price of a plan, and of what it prices; `amount` in minor units. */
export type RegularPrice = { price: string; product: string; amount: number }

/** The regular price of an attempt's plan, found by its lookup key or made once. */
export async function regularPrice(stripe: Stripe, attempt: Attempt): Promise<RegularPrice> {
  const { data } = await stripe.prices.list({
    lookup_keys: [lookupKey(attempt)],
    limit: 1,
    expand: ['data.product'],
  })
  const found = data[0] ?? null
  const price = found?.active ? found : await createPrice(stripe, attempt, found)
  const product = typeof price.product === 'string' ? price.product : price.product.id
  if (isRenamed(price.product, attempt.planName)) {
    await stripe.products.update(product, { name: attempt.planName })
  }
  return { price: price.id, product, amount: attempt.regular.amount }
}

/** A price that somebody has put away keeps its key until another takes it. */
function createPrice(stripe: Stripe, attempt: Attempt, putAway: Stripe.Price | null): Promise<Stripe.Price> {
  const key = `price:${lookupKey(attempt)}`
  return createOnce(putAway === null ? key : `${key}:after:${putAway.id}`, (idempotencyKey) =>
    stripe.prices.create(priceParameters(attempt), { idempotencyKey }),
  )
}

/** Two attempts at the same regular price share one price in Stripe. */
function lookupKey({ plan, regular, every, tax }: Attempt): string {
  const key = `newsrack:${plan}:${regular.amount}:${regular.currency}:${every.count}:${every.unit}`
  return tax === 'none' ? key : `${key}:${tax}`
}

function priceParameters(attempt: Attempt): Stripe.PriceCreateParams {
  const { planName, regular, every, tax } = attempt
  return {
    currency: regular.currency.toLowerCase(),
    unit_amount: regular.amount,
    recurring: { interval: every.unit, interval_count: every.count },
    product_data: { name: planName },
    lookup_key: lookupKey(attempt),
    transfer_lookup_key: true,
    ...(tax !== 'none' && { tax_behavior: tax }),
  }
}

function isRenamed(product: Stripe.Price['product'], name: string): boolean {
  return typeof product === 'object' && !product.deleted && product.name !== name
}
