import type Stripe from 'stripe'
import { takeOff } from './discounts.ts'
import { invalid, missing, notModelled } from './errors.ts'
import { newId } from './ids.ts'
import { createPrice } from './prices.ts'
import { mergeMetadata, mustFind, type Sandbox } from './sandbox.ts'
import type { Coupon, LineItem, Price } from './stored.ts'

type SentLine = Stripe.Checkout.SessionCreateParams.LineItem

/** The lines of a session in subscription mode, each with what is due for it today, all of one currency and rhythm. */
export function checkoutLines(
  sandbox: Sandbox,
  options: { lines: SentLine[] | undefined; trial: boolean; coupon: Coupon | undefined },
): LineItem[] {
  const { lines, trial, coupon } = options
  if (!lines || lines.length === 0) throw missing('line_items')
  const bought = lines.map((line, at) => ({
    price: priceOf(sandbox, line, `line_items[${at}]`),
    quantity: quantityOf(line, `line_items[${at}]`),
    metadata: mergeMetadata({}, line.metadata),
  }))
  checkTogether(bought.map(({ price }) => price))
  const dueToday = bought.map(({ price, quantity }) =>
    trial && price.recurring ? 0 : (price.unit_amount ?? 0) * quantity,
  )
  const taken = takeOff(
    bought.map(({ price }, at) => ({
      amount: dueToday[at] ?? 0,
      discountable: true,
      product: price.product,
    })),
    coupon ? [{ id: coupon.id, coupon }] : [],
  )
  return bought.map(({ price, quantity, metadata }, at) => {
    const subtotal = dueToday[at] ?? 0
    const discount = (taken[at] ?? []).reduce((sum, { amount }) => sum + amount, 0)
    return {
      id: newId('li'),
      object: 'item',
      adjustable_quantity: null,
      amount_discount: discount,
      amount_subtotal: subtotal,
      amount_tax: 0,
      amount_total: subtotal - discount,
      currency: price.currency,
      description: mustFind(sandbox, 'product', price.product).name,
      metadata,
      price,
      quantity,
    }
  })
}

function priceOf(sandbox: Sandbox, line: SentLine, param: string): Price {
  if ((line.price === undefined) === (line.price_data === undefined)) {
    throw invalid(`Give exactly one of these parameters: ${param}[price], ${param}[price_data].`, {
      param: `${param}[price]`,
    })
  }
  if (line.price_data)
    return createPrice(sandbox, { ...line.price_data, active: false }, `${param}[price_data]`)
  const price = mustFind(sandbox, 'price', line.price ?? '', `${param}[price]`)
  if (!price.active) {
    throw invalid(`The price specified is inactive: ${price.id}`, {
      param: `${param}[price]`,
      code: 'price_inactive',
    })
  }
  return price
}

function quantityOf(line: SentLine, param: string): number {
  if (line.quantity === undefined) throw missing(`${param}[quantity]`)
  if (line.quantity < 1) throw invalid('Invalid positive integer', { param: `${param}[quantity]` })
  return line.quantity
}

function checkTogether(prices: Price[]): void {
  const [first] = prices
  const recurring = prices.filter((price) => price.recurring)
  if (recurring.length === 0) {
    throw invalid('You must provide at least one recurring price in `subscription` mode.', {
      param: 'line_items',
    })
  }
  if (prices.some((price) => price.currency !== first?.currency)) {
    throw invalid('All prices of one Checkout Session must have the same currency.', { param: 'line_items' })
  }
  const rhythms = new Set(
    recurring.map((price) => `${price.recurring?.interval_count} ${price.recurring?.interval}`),
  )
  if (rhythms.size > 1) throw notModelled('prices of different intervals in one subscription')
}
