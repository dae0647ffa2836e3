import type Stripe from 'stripe'
import type { SoldTerms } from './catalogue.ts'

/** Stripe's ids of the regular price of a plan, and of what it prices; `amount` in minor units. */
export type RegularPrice = { price: string; product: string; amount: number }

type PriceTerms = Omit<SoldTerms, 'intro' | 'language'>

/**
 * The regular price of a plan, found by its lookup key or made. Should two processes make it at once, the later price has
 * the key and both are good.
 */
export async function regularPrice(stripe: Stripe, terms: PriceTerms): Promise<RegularPrice> {
  const price = (await priceNow(stripe, terms)) ?? (await stripe.prices.create(priceParameters(terms)))
  const known = regularPriceOf(price, terms)
  if (isRenamed(price.product, terms.planName)) {
    await stripe.products.update(known.product, { name: terms.planName })
  }
  return known
}

/** The same where it is there; null where nobody has needed it yet. */
export async function findRegularPrice(stripe: Stripe, terms: PriceTerms): Promise<RegularPrice | null> {
  const price = await priceNow(stripe, terms)
  return price === null ? null : regularPriceOf(price, terms)
}

async function priceNow(stripe: Stripe, terms: PriceTerms): Promise<Stripe.Price | null> {
  const { data } = await stripe.prices.list({
    lookup_keys: [lookupKey(terms)],
    active: true,
    limit: 1,
    expand: ['data.product'],
  })
  return data[0] ?? null
}

function regularPriceOf({ id, product }: Stripe.Price, { regular }: PriceTerms): RegularPrice {
  return { price: id, product: typeof product === 'string' ? product : product.id, amount: regular.amount }
}

/** Two attempts at the same regular price share one price in Stripe. */
function lookupKey({ plan, regular, every, tax }: PriceTerms): string {
  const key = `newsrack:${plan}:${regular.amount}:${regular.currency}:${every.count}:${every.unit}`
  return tax === 'none' ? key : `${key}:${tax}`
}

function priceParameters(terms: PriceTerms): Stripe.PriceCreateParams {
  const { planName, regular, every, tax } = terms
  return {
    currency: regular.currency.toLowerCase(),
    unit_amount: regular.amount,
    recurring: { interval: every.unit, interval_count: every.count },
    product_data: { name: planName },
    lookup_key: lookupKey(terms),
    // A price that somebody has put away keeps its key until another takes it.
    transfer_lookup_key: true,
    ...(tax !== 'none' && { tax_behavior: tax }),
  }
}

function isRenamed(product: Stripe.Price['product'], name: string): boolean {
  return typeof product === 'object' && !product.deleted && product.name !== name
}
