import type Stripe from 'stripe'
import { end, endTrialNow } from './billing.ts'
import { redeemableCoupon } from './coupons.ts'
import { redeemCoupon, removeDiscount } from './discounts.ts'
import { invalid, noSuch, notModelled } from './errors.ts'
import { creditUnused } from './proration.ts'
import { mergeMetadata, mustFind, orNull, type Sandbox, seconds } from './sandbox.ts'
import type { Subscription } from './stored.ts'
import { announceTrialEnd, changeSubscription, currentPeriod } from './subscriptions.ts'

/** Changes what the sandbox models of a subscription: when it ends, its trial, its discounts, its labels. */
export function updateSubscription(
  sandbox: Sandbox,
  id: string,
  params: Stripe.SubscriptionUpdateParams,
): Subscription {
  const before = mustFind(sandbox, 'subscription', id)
  if (before.ended_at !== null) checkMutable(params)
  if (params.proration_behavior !== undefined && params.proration_behavior !== 'none') {
    throw notModelled('proration')
  }
  const ending = whenItEnds(sandbox, before, params)
  const subscription = changeSubscription(sandbox, before, {
    ...ending,
    ...trial(sandbox, before, params.trial_end),
    cancellation_details: details(before, params.cancellation_details, ending),
    default_payment_method: paymentMethod(sandbox, before, params.default_payment_method),
    description: params.description === undefined ? before.description : orNull(params.description),
    discounts: discounts(sandbox, before, params.discounts),
    metadata: mergeMetadata(before.metadata, params.metadata),
  })
  if (params.trial_end === 'now') return endTrialNow(sandbox, subscription)
  if (subscription.trial_end !== before.trial_end) announceTrialEnd(sandbox, subscription)
  return subscription
}

/**
 * Cancels at once. `prorate` credits the time that was paid and is not used; what is pending stays pending unless
 * `invoice_now` has it charged or, where it is a credit, put on the customer's balance. No money moves back by itself.
 */
export function cancelSubscription(
  sandbox: Sandbox,
  id: string,
  params: Stripe.SubscriptionCancelParams,
): Subscription {
  const before = mustFind(sandbox, 'subscription', id)
  if (before.ended_at !== null) throw noSuch('subscription', id)
  if (params.prorate) creditUnused(sandbox, before)
  const said = { ...before, cancellation_details: details(before, params.cancellation_details) }
  return end(sandbox, said, { invoiceNow: params.invoice_now ?? false })
}

function paymentMethod(
  sandbox: Sandbox,
  { customer, default_payment_method: before }: Subscription,
  sent: string | undefined,
): string | null {
  if (sent === undefined) return before
  const method = mustFind(sandbox, 'payment_method', sent, 'default_payment_method')
  if (method.customer !== customer) throw noSuch('PaymentMethod', sent, 'default_payment_method')
  return method.id
}

function checkMutable(params: Stripe.SubscriptionUpdateParams): void {
  const allowed = ['metadata', 'cancellation_details', 'expand']
  const refused = Object.keys(params).find((name) => !allowed.includes(name))
  if (refused) {
    throw invalid('A canceled subscription can only update its cancellation_details and metadata.', {
      code: 'invalid_canceled_subscription_fields',
    })
  }
}

type Ending = Pick<Subscription, 'cancel_at' | 'cancel_at_period_end' | 'canceled_at'>

function whenItEnds(
  sandbox: Sandbox,
  before: Subscription,
  params: Stripe.SubscriptionUpdateParams,
): Partial<Ending> {
  const { cancel_at: cancelAt, cancel_at_period_end: atPeriodEnd } = params
  if (cancelAt !== undefined && atPeriodEnd !== undefined) {
    throw invalid('You may only specify one of these parameters: cancel_at, cancel_at_period_end.', {
      param: 'cancel_at',
      code: 'parameters_exclusive',
    })
  }
  if (cancelAt === undefined && atPeriodEnd === undefined) return {}
  // Taking back `cancel_at_period_end` is not taken to undo a `cancel_at` set by itself, as the portal sets it.
  if (atPeriodEnd === false && !before.cancel_at_period_end) return {}
  const at = atPeriodEnd ? currentPeriod(before).end : cancelInstant(sandbox, before, cancelAt)
  return {
    cancel_at: at,
    cancel_at_period_end: atPeriodEnd ?? false,
    canceled_at: at === null ? null : seconds(sandbox),
  }
}

function cancelInstant(
  sandbox: Sandbox,
  before: Subscription,
  cancelAt: Stripe.SubscriptionUpdateParams['cancel_at'],
): number | null {
  if (cancelAt === undefined || cancelAt === null || cancelAt === '') return null
  if (cancelAt === 'min_period_end' || cancelAt === 'max_period_end') return currentPeriod(before).end
  if (typeof cancelAt !== 'number') throw notModelled(`cancel_at '${cancelAt}'`)
  if (cancelAt <= seconds(sandbox)) throw invalid('cancel_at must be in the future.', { param: 'cancel_at' })
  return cancelAt
}

function details(
  before: Subscription,
  sent: Stripe.SubscriptionUpdateParams.CancellationDetails | undefined,
  ending: Partial<Ending> = {},
): Subscription['cancellation_details'] {
  const was = before.cancellation_details
  const reason = ending.cancel_at === null ? null : 'cancellation_requested'
  return {
    comment: sent?.comment === undefined ? (was?.comment ?? null) : orNull(sent.comment),
    feedback: sent?.feedback === undefined ? (was?.feedback ?? null) : sent.feedback || null,
    feedback_option: was?.feedback_option ?? null,
    reason: ending.cancel_at === undefined ? (was?.reason ?? null) : reason,
  }
}

function trial(
  sandbox: Sandbox,
  before: Subscription,
  trialEnd: 'now' | number | undefined,
): Partial<Subscription> {
  if (trialEnd === undefined) return {}
  if (before.status !== 'trialing') throw notModelled('trial_end of a subscription that is not in a trial')
  if (trialEnd === 'now') return {}
  if (trialEnd <= seconds(sandbox)) throw invalid('trial_end must be in the future.', { param: 'trial_end' })
  const data = before.items.data.map((item) => ({ ...item, current_period_end: trialEnd }))
  const moved = before.cancel_at_period_end ? { cancel_at: trialEnd } : {}
  return { trial_end: trialEnd, billing_cycle_anchor: trialEnd, items: { ...before.items, data }, ...moved }
}

/** The list sent replaces the one there is: a coupon adds a discount, a discount's id keeps it. */
function discounts(
  sandbox: Sandbox,
  before: Subscription,
  sent: Stripe.SubscriptionUpdateParams['discounts'],
): string[] {
  if (sent === undefined) return before.discounts
  const wanted = (sent || []).map(({ coupon, discount }, at) => {
    if (discount !== undefined && before.discounts.includes(discount)) return discount
    if (coupon === undefined) throw noSuch('discount', discount ?? '', `discounts[${at}][discount]`)
    return redeemCoupon(sandbox, {
      coupon: redeemableCoupon(sandbox, coupon, `discounts[${at}][coupon]`),
      customer: before.customer,
      subscription: before.id,
      session: null,
    }).id
  })
  for (const id of before.discounts) if (!wanted.includes(id)) removeDiscount(sandbox, id)
  return wanted
}
