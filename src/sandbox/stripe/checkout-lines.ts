import type Stripe from 'stripe'
import { takeOff } from './discounts.ts'
import { invalid, missing, notModelled } from './errors.ts'
import { newId } from './ids.ts'
import { createPrice } from './prices.ts'
import { mergeMetadata, mustFind, type Sandbox } from './sandbox.ts'
import type { Coupon, LineItem, Price } from './stored.ts'
import { taxBehaviorOf, taxOn, withTax } from './tax.ts'

type SentLine = Stripe.Checkout.SessionCreateParams.LineItem

/** What the amounts of a session's lines depend on besides their prices. */
export type Pricing = { trial: boolean; coupon: Coupon | undefined; tax: boolean }

/** The lines of a session, each with what is due for it today, all of one currency and rhythm. */
export function checkoutLines(
  sandbox: Sandbox,
  options: Pricing & { lines: SentLine[] | undefined; mode: string | undefined },
): LineItem[] {
  const { lines, mode, tax } = options
  if (!lines || lines.length === 0) throw missing('line_items')
  const bought = lines.map((line, at): LineItem => {
    const price = priceOf(sandbox, line, `line_items[${at}]`)
    if (tax) checkTaxBehavior(price, `line_items[${at}]`)
    return {
      id: newId('li'),
      object: 'item',
      adjustable_quantity: null,
      amount_discount: 0,
      amount_subtotal: 0,
      amount_tax: 0,
      amount_total: 0,
      currency: price.currency,
      description: mustFind(sandbox, 'product', price.product).name,
      metadata: mergeMetadata({}, line.metadata),
      price,
      quantity: quantityOf(line, `line_items[${at}]`),
    }
  })
  checkTogether(
    bought.flatMap(({ price }) => (price ? [price] : [])),
    mode,
  )
  return pricedLines(bought, options)
}

/** The lines with what is due for each today. */
export function pricedLines(lines: LineItem[], { trial, coupon, tax }: Pricing): LineItem[] {
  const dueToday = lines.map(({ price, quantity }) => ({
    amount: trial && price?.recurring ? 0 : (price?.unit_amount ?? 0) * (quantity ?? 1),
    discountable: true,
    product: price?.product,
  }))
  const taken = takeOff(dueToday, coupon ? [{ id: coupon.id, coupon }] : [])
  return lines.map((line, at) => {
    const subtotal = dueToday[at]?.amount ?? 0
    const discount = (taken[at] ?? []).reduce((sum, { amount }) => sum + amount, 0)
    const behavior = taxBehaviorOf(line.price?.tax_behavior)
    const net = subtotal - discount
    return {
      ...line,
      amount_discount: discount,
      amount_subtotal: subtotal,
      amount_tax: tax ? taxOn(net, behavior) : 0,
      amount_total: tax ? withTax(net, behavior) : net,
    }
  })
}

function checkTaxBehavior({ tax_behavior: behavior }: Price, param: string): void {
  if (behavior === 'inclusive' || behavior === 'exclusive') return
  throw invalid('The price has no tax_behavior, without which no tax can be reckoned automatically.', {
    param: `${param}[price]`,
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

function checkTogether(prices: Price[], mode: string | undefined): void {
  const [first] = prices
  const recurring = prices.filter((price) => price.recurring)
  if (mode === 'payment' && recurring.length > 0) {
    throw invalid('You specified `payment` mode but passed a recurring price.', { param: 'line_items' })
  }
  if (mode === 'subscription' && recurring.length === 0) {
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
