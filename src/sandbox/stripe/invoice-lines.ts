import type { NewLine } from './invoices.ts'
import { money } from './money.ts'
import { mustFind, type Sandbox } from './sandbox.ts'
import type { InvoiceItem, Subscription, SubscriptionItem } from './stored.ts'
import { taxBehaviorOf } from './tax.ts'

/** What a subscription's item costs for its period; nothing while it is in its trial. */
export function regularLine(sandbox: Sandbox, subscription: Subscription, item: SubscriptionItem): NewLine {
  const { price, quantity = 1 } = item
  const trial = subscription.status === 'trialing'
  const name = mustFind(sandbox, 'product', price.product).name
  const each = `${money(price.unit_amount ?? 0, price.currency)} / ${frequency(price.recurring)}`
  return {
    amount: trial ? 0 : (price.unit_amount ?? 0) * quantity,
    currency: price.currency,
    description: trial ? `Trial period for ${name}` : `${quantity} × ${name} (at ${each})`,
    discountable: true,
    metadata: {},
    parent: {
      type: 'subscription_item_details',
      invoice_item_details: null,
      subscription_item_details: {
        invoice_item: null,
        proration: false,
        proration_details: null,
        subscription: subscription.id,
        subscription_item: item.id,
      },
    },
    period: { start: item.current_period_start, end: item.current_period_end },
    pricing: {
      type: 'price_details',
      price_details: { price: price.id, product: price.product },
      unit_amount_decimal: trial ? '0' : price.unit_amount_decimal,
    },
    quantity,
    taxBehavior: taxBehaviorOf(price.tax_behavior),
  }
}

/** What was added to the subscription's next invoice. */
export function itemLine(sandbox: Sandbox, subscription: Subscription, item: InvoiceItem): NewLine {
  return {
    amount: item.amount,
    currency: item.currency,
    description: item.description,
    discountable: item.discountable,
    metadata: item.metadata ?? {},
    parent: {
      type: 'invoice_item_details',
      invoice_item_details: {
        invoice_item: item.id,
        proration: item.proration,
        proration_details: null,
        subscription: subscription.id,
      },
      subscription_item_details: null,
    },
    period: item.period,
    pricing: item.pricing,
    quantity: item.quantity,
    taxBehavior: taxBehaviorOf(saidOfTax(sandbox, item)),
  }
}

/** By the item itself, else by its price. */
function saidOfTax(sandbox: Sandbox, { id, pricing }: InvoiceItem): string | null | undefined {
  const price = sandbox.documents.find('price', pricing?.price_details?.price ?? '')
  return sandbox.documents.find('item_tax', id)?.behavior ?? price?.tax_behavior
}

/** `month`, `4 weeks`. */
function frequency(recurring: SubscriptionItem['price']['recurring']): string {
  const { interval = 'month', interval_count: count = 1 } = recurring ?? {}
  return count === 1 ? interval : `${count} ${interval}s`
}
