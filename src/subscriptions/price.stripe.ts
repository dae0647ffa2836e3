import type Stripe from 'stripe'
import type { SoldTerms } from './catalogue.ts'
import { createOnce } from './create-once.stripe.ts'

/** Stripe's ids of the regular price of a plan, and of what it prices; `amount` in minor units. */
export type RegularPrice = { price: string; product: string; amount: number }

type PriceTerms = Omit<SoldTerms, 'intro' | 'language'>

/** The regular price of a plan, found by its lookup key or made once. */
export async function regularPrice(stripe: Stripe, terms: PriceTerms): Promise<RegularPrice> {
  const found = await priceNow(stripe, terms)
  const price = found?.active ? found : await createPrice(stripe, terms, found)
  const known = regularPriceOf(price, terms)
  if (isRenamed(price.product, terms.planName)) {
    await stripe.products.update(known.product, { name: terms.planName })
  }
  return known
}

/** The same where it is there; null where nobody has needed it yet. */
export async function findRegularPrice(stripe: Stripe, terms: PriceTerms): Promise<RegularPrice | null> {
  const found = await priceNow(stripe, terms)
  return found?.active ? regularPriceOf(found, terms) : null
}

async function priceNow(stripe: Stripe, terms: PriceTerms): Promise<Stripe.Price | null> {
  const { data } = await stripe.prices.list({
    lookup_keys: [lookupKey(terms)],
    limit: 1,
    expand: ['data.product'],
  })
  return data[0] ?? null
}

function regularPriceOf({ id, product }: Stripe.Price, { regular }: PriceTerms): RegularPrice {
  return { price: id, product: typeof product === 'string' ? product : product.id, amount: regular.amount }
}

/** A price that somebody has put away keeps its key until another takes it. */
function createPrice(stripe: Stripe, terms: PriceTerms, putAway: Stripe.Price | null): Promise<Stripe.Price> {
  const key = `price:${lookupKey(terms)}`
  return createOnce(putAway === null ? key : `${key}:after:${putAway.id}`, (idempotencyKey) =>
    stripe.prices.create(priceParameters(terms), { idempotencyKey }),
  )
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
    transfer_lookup_key: true,
    ...(tax !== 'none' && { tax_behavior: tax }),
  }
}

function isRenamed(product: Stripe.Price['product'], name: string): boolean {
  return typeof product === 'object' && !product.deleted && product.name !== name
}
