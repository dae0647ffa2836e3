import type Stripe from 'stripe'
import { invalid, missing } from './errors.ts'
import { newId } from './ids.ts'
import { mergeMetadata, mustFind, orNull, type Sandbox, seconds } from './sandbox.ts'
import type { InvoiceItem, Price, Subscription } from './stored.ts'

/** Adds an amount to a customer's next invoice: that of the subscription named, else of whichever comes first. */
export function createInvoiceItem(sandbox: Sandbox, params: Stripe.InvoiceItemCreateParams): InvoiceItem {
  if (params.customer === undefined) throw missing('customer')
  const customer = mustFind(sandbox, 'customer', params.customer, 'customer')
  const subscription =
    params.subscription === undefined
      ? undefined
      : mustFind(sandbox, 'subscription', params.subscription, 'subscription')
  const priced = whatItCosts(sandbox, params)
  if (subscription) checkSubscription(subscription, customer.id, priced.currency)
  const item = addInvoiceItem(sandbox, {
    ...priced,
    customer: customer.id,
    description: orNull(params.description),
    discountable: params.discountable ?? true,
    metadata: mergeMetadata({}, params.metadata),
    period: params.period ?? { start: seconds(sandbox), end: seconds(sandbox) },
    subscription: subscription?.id ?? null,
  })
  if (params.tax_behavior !== undefined) {
    sandbox.documents.save('item_tax', { id: item.id, behavior: params.tax_behavior })
  }
  return item
}

type NewItem = Pick<
  InvoiceItem,
  | 'amount'
  | 'currency'
  | 'customer'
  | 'description'
  | 'discountable'
  | 'metadata'
  | 'period'
  | 'pricing'
  | 'quantity'
> & { subscription: string | null; proration?: boolean }

export function addInvoiceItem(sandbox: Sandbox, { subscription, ...given }: NewItem): InvoiceItem {
  const item: InvoiceItem = {
    id: newId('ii'),
    object: 'invoiceitem',
    proration: false,
    ...given,
    customer_account: null,
    date: seconds(sandbox),
    discounts: [],
    invoice: null,
    livemode: false,
    net_amount: given.amount,
    parent: subscription ? { type: 'subscription_details', subscription_details: { subscription } } : null,
    quantity_decimal: String(given.quantity),
    tax_rates: [],
    test_clock: null,
  }
  sandbox.documents.save('invoiceitem', item)
  sandbox.emit('invoiceitem.created', item)
  return item
}

export function updateInvoiceItem(
  sandbox: Sandbox,
  id: string,
  params: Stripe.InvoiceItemUpdateParams,
): InvoiceItem {
  const before = mustFind(sandbox, 'invoiceitem', id)
  checkPending(before)
  const amount = params.amount ?? before.amount
  const item: InvoiceItem = {
    ...before,
    amount,
    description: params.description ?? before.description,
    discountable: params.discountable ?? before.discountable,
    metadata: mergeMetadata(before.metadata ?? {}, params.metadata),
    net_amount: amount,
    ...(params.amount !== undefined && { quantity: 1, quantity_decimal: '1', pricing: bareAmount(amount) }),
  }
  sandbox.documents.save('invoiceitem', item)
  return item
}

export function deleteInvoiceItem(sandbox: Sandbox, id: string): Stripe.DeletedInvoiceItem {
  const item = mustFind(sandbox, 'invoiceitem', id)
  checkPending(item)
  sandbox.documents.remove('invoiceitem', id)
  sandbox.emit('invoiceitem.deleted', item)
  return { id, object: 'invoiceitem', deleted: true }
}

/** What the subscription's next invoice sweeps up, the oldest first. */
export function pendingItems(sandbox: Sandbox, subscription: Subscription): InvoiceItem[] {
  const swept = (item: InvoiceItem) =>
    item.invoice === null &&
    item.customer === subscription.customer &&
    item.currency === subscription.currency &&
    (item.parent === null || item.parent.subscription_details?.subscription === subscription.id)
  return sandbox.documents.all('invoiceitem').filter(swept).reverse()
}

export function priceDetails(price: Price): NonNullable<InvoiceItem['pricing']> {
  return {
    type: 'price_details',
    price_details: { price: price.id, product: price.product },
    unit_amount_decimal: price.unit_amount_decimal,
  }
}

type Cost = Pick<InvoiceItem, 'amount' | 'currency' | 'pricing' | 'quantity'>

function whatItCosts(sandbox: Sandbox, params: Stripe.InvoiceItemCreateParams): Cost {
  const priceId = params.pricing?.price
  if ((params.amount === undefined) === (priceId === undefined)) {
    throw invalid('Give exactly one of these parameters: amount, pricing[price].', { param: 'amount' })
  }
  if (params.amount !== undefined) {
    if (params.currency === undefined) throw missing('currency')
    if (params.quantity !== undefined)
      throw invalid('quantity goes with a price, not an amount.', { param: 'quantity' })
    return {
      amount: params.amount,
      currency: params.currency.toLowerCase(),
      pricing: bareAmount(params.amount),
      quantity: 1,
    }
  }
  const price = mustFind(sandbox, 'price', priceId ?? '', 'pricing[price]')
  if (price.type !== 'one_time')
    throw invalid('The price must be of type one_time.', { param: 'pricing[price]' })
  const quantity = params.quantity ?? 1
  return {
    amount: (price.unit_amount ?? 0) * quantity,
    currency: price.currency,
    pricing: priceDetails(price),
    quantity,
  }
}

function bareAmount(amount: number): NonNullable<InvoiceItem['pricing']> {
  return { type: 'price_details', unit_amount_decimal: String(amount) }
}

function checkSubscription(subscription: Subscription, customer: string, currency: string): void {
  const param = 'subscription'
  if (subscription.customer !== customer) {
    throw invalid(`Customer ${customer} does not have a subscription with ID ${subscription.id}.`, { param })
  }
  if (subscription.ended_at !== null) {
    throw invalid(`Subscription ${subscription.id} has ended: it will have no next invoice.`, { param })
  }
  if (subscription.currency !== currency) {
    throw invalid(`The currency of subscription ${subscription.id} is ${subscription.currency}.`, {
      param: 'currency',
    })
  }
}

function checkPending(item: InvoiceItem): void {
  if (item.invoice !== null) {
    throw invalid(`Invoice item ${item.id} is on invoice ${item.invoice}, which is final.`, {
      code: 'invoice_not_editable',
    })
  }
}
