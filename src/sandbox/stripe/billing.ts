import type { Presence } from './cards.ts'
import { stopCollecting } from './invoice-collection.ts'
import { pendingItems } from './invoice-items.ts'
import { itemLine, regularLine } from './invoice-lines.ts'
import { billInvoice, type NewLine } from './invoices.ts'
import { mustFind, type Sandbox, seconds } from './sandbox.ts'
import type { Invoice, InvoiceItem, Subscription } from './stored.ts'
import { changeSubscription, currentPeriod, itemsFrom } from './subscriptions.ts'

/** The invoice a new subscription begins with; in a trial its regular lines cost nothing. */
export function billFirst(sandbox: Sandbox, subscription: Subscription): Subscription {
  const now = seconds(sandbox)
  const invoice = bill(sandbox, subscription, {
    reason: 'subscription_create',
    period: { start: now, end: now },
    presence: 'confirmed',
  })
  const latest = { ...current(sandbox, subscription), latest_invoice: invoice.id }
  sandbox.documents.save('subscription', latest)
  return latest
}

/**
 * Begins the next period: the trial is over or the last one is, and the regular price is charged. If that fails the
 * subscription is past due.
 */
export function renew(sandbox: Sandbox, before: Subscription): void {
  const period = currentPeriod(before)
  chargePeriod(sandbox, { before, moved: inNextPeriod(before), reason: 'subscription_cycle', period })
}

/** The subscription as it will be once its next period has begun. */
export function inNextPeriod(before: Subscription): Subscription {
  return {
    ...before,
    items: itemsFrom(before, currentPeriod(before).end, before.billing_cycle_anchor),
    status: before.status === 'unpaid' ? 'unpaid' : 'active',
  }
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
  {
    invoiceNow,
    reason = 'cancellation_requested',
  }: { invoiceNow: boolean; reason?: 'cancellation_requested' | 'payment_failed' },
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
      reason,
    },
    ended_at: now,
    status: 'canceled',
  }
  sandbox.documents.save('subscription', ended)
  for (const invoice of openInvoices(sandbox, before)) stopCollecting(sandbox, invoice)
  const pending = invoiceNow ? pendingItems(sandbox, before) : []
  if (pending.length > 0) {
    const invoice = billLines(sandbox, {
      subscription: ended,
      reason: 'subscription_cycle',
      period: currentPeriod(before),
      presence: 'off_session',
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
  const invoice = bill(sandbox, moved, { reason, period, presence: 'off_session' })
  const status = invoice.status === 'open' ? 'past_due' : moved.status
  const change = { latest_invoice: invoice.id, status }
  return changeSubscription(sandbox, current(sandbox, moved), change, before)
}

function openInvoices(sandbox: Sandbox, { id }: Subscription): Invoice[] {
  return sandbox.documents
    .all('invoice')
    .filter(({ status, parent }) => status === 'open' && parent?.subscription_details?.subscription === id)
}

type Occasion = {
  reason: 'subscription_create' | 'subscription_cycle' | 'subscription_update'
  period: { start: number; end: number }
  presence: Presence
}

function bill(sandbox: Sandbox, subscription: Subscription, occasion: Occasion): Invoice {
  return billLines(sandbox, {
    subscription,
    ...occasion,
    regular: regularLines(sandbox, subscription),
    pending: pendingItems(sandbox, subscription),
  })
}

export function regularLines(sandbox: Sandbox, subscription: Subscription): NewLine[] {
  return subscription.items.data.map((item) => regularLine(sandbox, subscription, item))
}

function billLines(
  sandbox: Sandbox,
  given: Occasion & { subscription: Subscription; regular: NewLine[]; pending: InvoiceItem[] },
): Invoice {
  const { subscription, regular, pending, ...occasion } = given
  const invoice = billInvoice(sandbox, {
    subscription,
    ...occasion,
    lines: [...regular, ...pending.map((item) => itemLine(sandbox, subscription, item))],
  })
  for (const item of pending) sandbox.documents.save('invoiceitem', { ...item, invoice: invoice.id })
  return invoice
}

/** Billing may have changed it (a used-up discount came off): read it again before changing it further. */
function current(sandbox: Sandbox, { id }: Subscription): Subscription {
  return mustFind(sandbox, 'subscription', id)
}
