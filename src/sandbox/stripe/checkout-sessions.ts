import type Stripe from 'stripe'
import { blankSession } from './blank-session.ts'
import { checkSession } from './checkout-checks.ts'
import { checkoutLines } from './checkout-lines.ts'
import { redeemableCoupon } from './coupons.ts'
import { invalid, missing } from './errors.ts'
import { newId } from './ids.ts'
import { minimumCharge } from './minimum-charges.ts'
import { money } from './money.ts'
import { redeemablePromotion } from './promotion-codes.ts'
import { mergeMetadata, mustFind, orNull, type Sandbox, seconds } from './sandbox.ts'
import type { CheckoutTerms, Coupon, LineItem, PromotionCode, Session } from './stored.ts'

type Params = Stripe.Checkout.SessionCreateParams

const minuteSeconds = 60
const daySeconds = 24 * 3600

/** Opens a session for a subscription, or refuses it as Stripe would. Nothing is bought until its page is paid on. */
export function createSession(sandbox: Sandbox, params: Params): Session {
  checkSession(sandbox, params)
  const data = params.subscription_data ?? {}
  const { description, metadata } = params.payment_intent_data ?? data
  const { coupon, promotion } = discountOf(sandbox, params)
  const trial = data.trial_end !== undefined || data.trial_period_days !== undefined
  const tax = params.automatic_tax?.enabled ?? false
  const lines = checkoutLines(sandbox, { lines: params.line_items, mode: params.mode, trial, coupon, tax })
  checkCouponCurrency(coupon, lines)
  checkMinimum(lines)
  const session = newSession(sandbox, { params, lines, expiresAt: expiry(sandbox, params.expires_at) })
  const terms: CheckoutTerms = {
    id: session.id,
    lines,
    coupon: coupon?.id ?? null,
    promotion: promotion?.id ?? null,
    tax,
    description: orNull(description),
    metadata: mergeMetadata({}, metadata),
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

function discountOf(
  sandbox: Sandbox,
  { customer, discounts }: Params,
): { coupon?: Coupon; promotion?: PromotionCode } {
  if (!discounts || discounts.length === 0) return {}
  if (discounts.length > 1) throw invalid('A Checkout Session takes one discount.', { param: 'discounts' })
  const { coupon, promotion_code: promotion } = discounts[0] ?? {}
  if ((coupon === undefined) === (promotion === undefined)) throw missing('discounts[0][coupon]')
  if (coupon !== undefined) return { coupon: redeemableCoupon(sandbox, coupon, 'discounts[0][coupon]') }
  return redeemablePromotion(sandbox, {
    promotion: mustFind(sandbox, 'promotion_code', promotion ?? '', 'discounts[0][promotion_code]'),
    customer: customer ?? null,
    param: 'discounts[0][promotion_code]',
  })
}

function checkCouponCurrency(coupon: Coupon | undefined, [line]: LineItem[]): void {
  if (coupon?.currency && coupon.currency !== line?.currency) {
    throw invalid(`Coupon ${coupon.id} is in ${coupon.currency}, the prices are not.`, {
      param: 'discounts[0][coupon]',
    })
  }
}

/** What a session comes to by its lines. */
export function sessionTotals(
  lines: LineItem[],
): Pick<Session, 'amount_subtotal' | 'amount_total' | 'payment_status' | 'total_details'> {
  const sum = (field: 'amount_subtotal' | 'amount_discount' | 'amount_tax' | 'amount_total') =>
    lines.reduce((total, line) => total + line[field], 0)
  return {
    amount_subtotal: sum('amount_subtotal'),
    amount_total: sum('amount_total'),
    payment_status: sum('amount_total') === 0 ? 'no_payment_required' : 'unpaid',
    total_details: {
      amount_discount: sum('amount_discount'),
      amount_shipping: 0,
      amount_tax: sum('amount_tax'),
    },
  }
}

/** Whether Stripe refuses this in subscription mode too is not known; nobody should build on it not doing so. */
export function checkMinimum(lines: LineItem[]): void {
  const total = sessionTotals(lines).amount_total ?? 0
  const currency = lines[0]?.currency ?? 'usd'
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
  given: { params: Params; lines: LineItem[]; expiresAt: number },
): Session {
  const { params, lines, expiresAt } = given
  const id = newId('cs_test', 58)
  const submit = params.custom_text?.submit
  const customer =
    params.customer === undefined ? null : mustFind(sandbox, 'customer', params.customer, 'customer')
  return {
    ...blankSession,
    ...sessionTotals(lines),
    id,
    allow_promotion_codes: params.allow_promotion_codes ?? null,
    automatic_tax: params.automatic_tax?.enabled
      ? { enabled: true, liability: { type: 'self' }, provider: 'stripe', status: 'complete' }
      : blankSession.automatic_tax,
    cancel_url: params.cancel_url ?? null,
    client_reference_id: orNull(params.client_reference_id),
    created: seconds(sandbox),
    currency: lines[0]?.currency ?? null,
    custom_text: { ...blankSession.custom_text, submit: submit ? { message: submit.message } : null },
    customer: customer?.id ?? null,
    customer_creation: customer ? null : params.mode === 'payment' ? 'if_required' : 'always',
    customer_email: orNull(params.customer_email),
    discounts: (params.discounts ?? []).map(({ coupon = null, promotion_code = null }) => ({
      coupon,
      promotion_code,
    })),
    expires_at: expiresAt,
    locale: params.locale ?? null,
    metadata: mergeMetadata({}, params.metadata),
    mode: params.mode ?? 'subscription',
    payment_method_collection: params.mode === 'payment' ? null : 'always',
    success_url: params.success_url ?? null,
    url: `${sandbox.pagesUrl()}/checkout/${id}`,
  }
}
