import { newId } from './ids.ts'
import { periodEnd } from './periods.ts'
import { planOf } from './prices.ts'
import { type Sandbox, seconds } from './sandbox.ts'
import type { Price, Subscription, SubscriptionItem } from './stored.ts'

const trialNoticeSeconds = 3 * 24 * 3600

type NewSubscription = {
  customer: string
  items: { price: Price; quantity: number }[]
  description: string | null
  metadata: Record<string, string>
  paymentMethod: string
  /** Epoch seconds; null for a subscription that is paid from its first day. */
  trialEnd: number | null
  trialEndBehavior: 'cancel' | 'create_invoice' | 'pause'
  tax: boolean
}

/** A subscription that begins now, saved but not yet told of: its first invoice comes before that. */
export function startSubscription(sandbox: Sandbox, given: NewSubscription): Subscription {
  const id = newId('sub')
  const start = seconds(sandbox)
  const subscription: Subscription = {
    ...blankSubscription(id, start),
    automatic_tax: {
      disabled_reason: null,
      enabled: given.tax,
      liability: given.tax ? { type: 'self' } : null,
    },
    billing_cycle_anchor: given.trialEnd ?? start,
    currency: given.items[0]?.price.currency ?? 'usd',
    customer: given.customer,
    default_payment_method: given.paymentMethod,
    description: given.description,
    items: {
      object: 'list',
      data: given.items.map((item) => subscriptionItem({ ...item, id, start, trialEnd: given.trialEnd })),
      has_more: false,
      url: `/v1/subscription_items?subscription=${id}`,
    },
    metadata: given.metadata,
    status: given.trialEnd === null ? 'active' : 'trialing',
    trial_end: given.trialEnd,
    trial_settings: {
      end_behavior: { billing_cycle_anchor: null, missing_payment_method: given.trialEndBehavior },
    },
    trial_start: given.trialEnd === null ? null : start,
  }
  sandbox.documents.save('subscription', subscription)
  announceTrialEnd(sandbox, subscription)
  return subscription
}

/** Saves a change and says so, unless nothing changed. `told` is how it was when last told of. */
export function changeSubscription(
  sandbox: Sandbox,
  before: Subscription,
  change: Partial<Subscription>,
  told = before,
): Subscription {
  const subscription: Subscription = { ...before, ...change }
  sandbox.documents.save('subscription', subscription)
  if (JSON.stringify(subscription) !== JSON.stringify(told)) {
    sandbox.emit('customer.subscription.updated', subscription, told)
  }
  return subscription
}

/** Has the reminder sent three days before the trial ends, or at once when less is left. */
export function announceTrialEnd(sandbox: Sandbox, { id, trial_end: trialEnd }: Subscription): void {
  if (trialEnd === null) return
  const at = Math.max((trialEnd - trialNoticeSeconds) * 1000, sandbox.clock.now())
  sandbox.documents.save('trial_notice', { id, trialEnd, at })
}

/** The end of the period all its items are in; the sandbox sells no subscriptions whose items differ in that. */
export function currentPeriod({ items }: Subscription): { start: number; end: number } {
  const [item] = items.data
  if (!item) throw new Error('A subscription has at least one item')
  return { start: item.current_period_start, end: item.current_period_end }
}

/** Its items moved on to the period that begins at `start`. */
export function itemsFrom(subscription: Subscription, start: number, anchor: number): Subscription['items'] {
  const data = subscription.items.data.map((item) => ({
    ...item,
    current_period_start: start,
    current_period_end: periodEnd({ anchor, after: start, recurrence: recurrenceOf(item.price) }),
  }))
  return { ...subscription.items, data }
}

export function recurrenceOf({ id, recurring }: Price): NonNullable<Price['recurring']> {
  if (!recurring) throw new Error(`Price ${id} does not recur`)
  return recurring
}

function subscriptionItem(given: {
  id: string
  price: Price
  quantity: number
  start: number
  trialEnd: number | null
}): SubscriptionItem {
  const { id, price, quantity, start, trialEnd } = given
  return {
    id: newId('si', 14),
    object: 'subscription_item',
    billing_thresholds: null,
    created: start,
    current_period_end:
      trialEnd ?? periodEnd({ anchor: start, after: start, recurrence: recurrenceOf(price) }),
    current_period_start: start,
    current_trial: null,
    discounts: [],
    metadata: {},
    plan: planOf(price),
    price,
    quantity,
    subscription: id,
    tax_rates: [],
  }
}

function blankSubscription(id: string, created: number): Subscription {
  return {
    id,
    object: 'subscription',
    application: null,
    application_fee_percent: null,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null },
    billing_cycle_anchor: created,
    billing_cycle_anchor_config: null,
    billing_mode: { type: 'flexible', flexible: { proration_discounts: 'included' } },
    billing_schedules: [],
    billing_thresholds: null,
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: null,
    cancellation_details: { comment: null, feedback: null, feedback_option: null, reason: null },
    collection_method: 'charge_automatically',
    created,
    currency: 'usd',
    customer: '',
    customer_account: null,
    days_until_due: null,
    default_payment_method: null,
    default_source: null,
    default_tax_rates: [],
    description: null,
    discounts: [],
    ended_at: null,
    invoice_settings: {
      account_tax_ids: null,
      custom_fields: null,
      description: null,
      footer: null,
      issuer: { type: 'self' },
    },
    items: { object: 'list', data: [], has_more: false, url: '' },
    latest_invoice: null,
    livemode: false,
    managed_payments: null,
    metadata: {},
    next_pending_invoice_item_invoice: null,
    on_behalf_of: null,
    pause_collection: null,
    payment_settings: {
      payment_method_options: null,
      payment_method_types: null,
      save_default_payment_method: 'off',
    },
    pending_invoice_item_interval: null,
    pending_setup_intent: null,
    pending_update: null,
    schedule: null,
    start_date: created,
    status: 'active',
    test_clock: null,
    transfer_data: null,
    trial_end: null,
    trial_settings: null,
    trial_start: null,
  }
}
