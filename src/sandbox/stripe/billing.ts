import { pendingItems } from './invoice-items.ts'
import { billInvoice, type NewLine } from './invoices.ts'
import { money } from './money.ts'
import { mustFind, type Sandbox, seconds } from './sandbox.ts'
import type { Invoice, InvoiceItem, Subscription, SubscriptionItem } from './stored.ts'
import { changeSubscription, currentPeriod, itemsFrom } from './subscriptions.ts'

/** The invoice a new subscription begins with; in a trial its regular lines cost nothing. */
export function billFirst(sandbox: Sandbox, subscription: Subscription): Subscription {
  const now = seconds(sandbox)
  const invoice = bill(sandbox, subscription, {
    reason: 'subscription_create',
    period: { start: now, end: now },
  })
  const latest = { ...current(sandbox, subscription), latest_invoice: invoice.id }
  sandbox.documents.save('subscription', latest)
  return latest
}

/** Begins the next period: the trial is over or the last one is, and the regular price is charged. */
export function renew(sandbox: Sandbox, before: Subscription): void {
  const period = currentPeriod(before)
  const moved: Subscription = {
    ...before,
    items: itemsFrom(before, period.end, before.billing_cycle_anchor),
    status: 'active',
  }
  chargePeriod(sandbox, { before, moved, reason: 'subscription_cycle', period })
}

/** Ends a trial early: a period begins now and is charged. */
export function endTrialNow(sandbox: Sandbox, before: Subscription): Subscription {
  const now = seconds(sandbox)
  const moved: Subscription = {
    ...before,
    billing_cycle_anchor: now,
    items: itemsFrom(before, now, now),
    status: 'active',
    trial_end: now,
  }
  const period = { start: currentPeriod(before).start, end: now }
  return chargePeriod(sandbox, { before, moved, reason: 'subscription_update', period })
}

/**
 * The subscription is over. Items still pending for it are charged if it ran to its end or if `invoiceNow` asks for it;
 * otherwise they stay pending, for whoever cancels at once to delete.
 */
export function end(
  sandbox: Sandbox,
  before: Subscription,
  { invoiceNow }: { invoiceNow: boolean },
): Subscription {
  const now = seconds(sandbox)
  const ended: Subscription = {
    ...before,
    canceled_at: before.canceled_at ?? now,
    cancellation_details: {
      comment: null,
      feedback: null,
      feedback_option: null,
      ...before.cancellation_details,
      reason: 'cancellation_requested',
    },
    ended_at: now,
    status: 'canceled',
  }
  sandbox.documents.save('subscription', ended)
  const pending = invoiceNow ? pendingItems(sandbox, before) : []
  if (pending.length > 0) {
    const invoice = billLines(sandbox, {
      subscription: ended,
      reason: 'subscription_cycle',
      period: currentPeriod(before),
      regular: [],
      pending,
    })
    sandbox.documents.save('subscription', { ...current(sandbox, ended), latest_invoice: invoice.id })
  }
  const last = current(sandbox, ended)
  sandbox.emit('customer.subscription.deleted', last)
  return last
}

type Charge = {
  before: Subscription
  moved: Subscription
  reason: 'subscription_cycle' | 'subscription_update'
  period: { start: number; end: number }
}

function chargePeriod(sandbox: Sandbox, { before, moved, reason, period }: Charge): Subscription {
  sandbox.documents.save('subscription', moved)
  const invoice = bill(sandbox, moved, { reason, period })
  return changeSubscription(sandbox, current(sandbox, moved), { latest_invoice: invoice.id }, before)
}

type Occasion = {
  reason: 'subscription_create' | 'subscription_cycle' | 'subscription_update'
  period: { start: number; end: number }
}

function bill(sandbox: Sandbox, subscription: Subscription, occasion: Occasion): Invoice {
  return billLines(sandbox, {
    subscription,
    ...occasion,
    regular: subscription.items.data.map((item) => regularLine(sandbox, subscription, item)),
    pending: pendingItems(sandbox, subscription),
  })
}

function billLines(
  sandbox: Sandbox,
  given: Occasion & { subscription: Subscription; regular: NewLine[]; pending: InvoiceItem[] },
): Invoice {
  const { subscription, regular, pending, ...occasion } = given
  const invoice = billInvoice(sandbox, {
    subscription,
    ...occasion,
    lines: [...regular, ...pending.map((item) => itemLine(subscription, item))],
  })
  for (const item of pending) sandbox.documents.save('invoiceitem', { ...item, invoice: invoice.id })
  return invoice
}

function regularLine(sandbox: Sandbox, subscription: Subscription, item: SubscriptionItem): NewLine {
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
  }
}

function itemLine(subscription: Subscription, item: InvoiceItem): NewLine {
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
        proration: false,
        proration_details: null,
        subscription: subscription.id,
      },
      subscription_item_details: null,
    },
    period: item.period,
    pricing: item.pricing,
    quantity: item.quantity,
  }
}

/** `month`, `4 weeks`. */
function frequency(recurring: SubscriptionItem['price']['recurring']): string {
  const { interval = 'month', interval_count: count = 1 } = recurring ?? {}
  return count === 1 ? interval : `${count} ${interval}s`
}

/** Billing may have changed it (a used-up discount came off): read it again before changing it further. */
function current(sandbox: Sandbox, { id }: Subscription): Subscription {
  return mustFind(sandbox, 'subscription', id)
}
