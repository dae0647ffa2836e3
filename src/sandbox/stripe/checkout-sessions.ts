import type Stripe from 'stripe'
import { blankSession } from './blank-session.ts'
import { checkSession } from './checkout-checks.ts'
import { checkoutLines } from './checkout-lines.ts'
import { redeemableCoupon } from './coupons.ts'
import { invalid, missing } from './errors.ts'
import { newId } from './ids.ts'
import { minimumCharge } from './minimum-charges.ts'
import { money } from './money.ts'
import { mergeMetadata, mustFind, orNull, type Sandbox, seconds } from './sandbox.ts'
import type { CheckoutTerms, Coupon, LineItem, Session } from './stored.ts'

type Params = Stripe.Checkout.SessionCreateParams

const minuteSeconds = 60
const daySeconds = 24 * 3600

/** Opens a session for a subscription, or refuses it as Stripe would. Nothing is bought until its page is paid on. */
export function createSession(sandbox: Sandbox, params: Params): Session {
  checkSession(sandbox, params)
  const data = params.subscription_data ?? {}
  const coupon = couponOf(sandbox, params)
  const trial = data.trial_end !== undefined || data.trial_period_days !== undefined
  const lines = checkoutLines(sandbox, { lines: params.line_items, trial, coupon })
  checkCouponCurrency(coupon, lines)
  const due = totals(lines)
  checkMinimum(due.total, lines)
  const session = newSession(sandbox, { params, lines, due, expiresAt: expiry(sandbox, params.expires_at) })
  const terms: CheckoutTerms = {
    id: session.id,
    lines,
    coupon: coupon?.id ?? null,
    description: orNull(data.description),
    metadata: mergeMetadata({}, data.metadata),
    trialEnd: data.trial_end ?? null,
    trialPeriodDays: data.trial_period_days ?? null,
    trialEndBehavior: endBehavior(data.trial_settings?.end_behavior.missing_payment_method),
  }
  sandbox.documents.save('checkout_terms', terms)
  sandbox.documents.save('session', session)
  return session
}

export function updateSession(
  sandbox: Sandbox,
  id: string,
  params: Stripe.Checkout.SessionUpdateParams,
): Session {
  const before = mustFind(sandbox, 'session', id)
  const session: Session = { ...before, metadata: mergeMetadata(before.metadata ?? {}, params.metadata) }
  sandbox.documents.save('session', session)
  return session
}

/** Closes a session nobody paid on: asked for, or when its time is up. */
export function expireSession(sandbox: Sandbox, id: string): Session {
  const before = mustFind(sandbox, 'session', id)
  if (before.status !== 'open') {
    throw invalid(`Only Checkout Sessions with the status open can be expired; this one is ${before.status}.`)
  }
  const session: Session = { ...before, status: 'expired', url: null }
  sandbox.documents.save('session', session)
  sandbox.emit('checkout.session.expired', session)
  return session
}

function couponOf(sandbox: Sandbox, { discounts }: Params): Coupon | undefined {
  if (!discounts || discounts.length === 0) return undefined
  if (discounts.length > 1) throw invalid('A Checkout Session takes one discount.', { param: 'discounts' })
  const id = discounts[0]?.coupon
  if (id === undefined) throw missing('discounts[0][coupon]')
  return redeemableCoupon(sandbox, id, 'discounts[0][coupon]')
}

function checkCouponCurrency(coupon: Coupon | undefined, [line]: LineItem[]): void {
  if (coupon?.currency && coupon.currency !== line?.currency) {
    throw invalid(`Coupon ${coupon.id} is in ${coupon.currency}, the prices are not.`, {
      param: 'discounts[0][coupon]',
    })
  }
}

type Totals = { subtotal: number; discount: number; total: number }

function totals(lines: LineItem[]): Totals {
  const sum = (field: 'amount_subtotal' | 'amount_discount' | 'amount_total') =>
    lines.reduce((total, line) => total + line[field], 0)
  return { subtotal: sum('amount_subtotal'), discount: sum('amount_discount'), total: sum('amount_total') }
}

/** Whether Stripe refuses this in subscription mode too is not known; nobody should build on it not doing so. */
function checkMinimum(total: number, [line]: LineItem[]): void {
  const currency = line?.currency ?? 'usd'
  if (total > 0 && total < minimumCharge(currency)) {
    const least = money(minimumCharge(currency), currency)
    throw invalid(
      `The Checkout Session's total of ${money(total, currency)} is below the minimum of ${least}.`,
      {
        param: 'line_items',
        code: 'amount_too_small',
      },
    )
  }
}

function expiry(sandbox: Sandbox, asked: number | undefined): number {
  const now = seconds(sandbox)
  if (asked === undefined) return now + daySeconds
  if (asked < now + 30 * minuteSeconds || asked > now + daySeconds) {
    throw invalid(
      'The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session creation.',
      {
        param: 'expires_at',
      },
    )
  }
  return asked
}

function endBehavior(asked: string | undefined): CheckoutTerms['trialEndBehavior'] {
  return asked === 'cancel' || asked === 'pause' ? asked : 'create_invoice'
}

function newSession(
  sandbox: Sandbox,
  given: { params: Params; lines: LineItem[]; due: Totals; expiresAt: number },
): Session {
  const { params, lines, due, expiresAt } = given
  const id = newId('cs_test', 58)
  const submit = params.custom_text?.submit
  const customer =
    params.customer === undefined ? null : mustFind(sandbox, 'customer', params.customer, 'customer')
  return {
    ...blankSession,
    id,
    allow_promotion_codes: params.allow_promotion_codes ?? null,
    amount_subtotal: due.subtotal,
    amount_total: due.total,
    cancel_url: params.cancel_url ?? null,
    client_reference_id: orNull(params.client_reference_id),
    created: seconds(sandbox),
    currency: lines[0]?.currency ?? null,
    custom_text: { ...blankSession.custom_text, submit: submit ? { message: submit.message } : null },
    customer: customer?.id ?? null,
    customer_creation: customer ? null : 'always',
    customer_email: orNull(params.customer_email),
    discounts: (params.discounts ?? []).map(({ coupon = null }) => ({ coupon, promotion_code: null })),
    expires_at: expiresAt,
    locale: params.locale ?? null,
    metadata: mergeMetadata({}, params.metadata),
    payment_status: due.total === 0 ? 'no_payment_required' : 'unpaid',
    success_url: params.success_url ?? null,
    total_details: { amount_discount: due.discount, amount_shipping: 0, amount_tax: 0 },
    url: `${sandbox.pagesUrl()}/checkout/${id}`,
  }
}
