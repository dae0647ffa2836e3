import type Stripe from 'stripe'
import type { Attempt } from './attempt.ts'

/** Stripe's ids of the regular price of a plan, and of what it prices; `amount` in minor units. */
export type RegularPrice = { price: string; product: string; amount: number }

/**
 * The regular price of an attempt's plan, found by its lookup key or made. Should two processes make it at once, the
 * later price has the key and both are good.
 */
export async function regularPrice(stripe: Stripe, attempt: Attempt): Promise<RegularPrice> {
  const found = await stripe.prices.list({
    lookup_keys: [lookupKey(attempt)],
    active: true,
    limit: 1,
    expand: ['data.product'],
  })
  const price = found.data[0] ?? (await stripe.prices.create(priceParameters(attempt)))
  const product = typeof price.product === 'string' ? price.product : price.product.id
  if (isRenamed(price.product, attempt.planName)) {
    await stripe.products.update(product, { name: attempt.planName })
  }
  return { price: price.id, product, amount: attempt.regular.amount }
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
    // A price that somebody has put away keeps its key until another takes it.
    transfer_lookup_key: true,
    ...(tax !== 'none' && { tax_behavior: tax }),
  }
}

function isRenamed(product: Stripe.Price['product'], name: string): boolean {
  return typeof product === 'object' && !product.deleted && product.name !== name
}
