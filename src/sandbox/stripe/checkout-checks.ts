import type Stripe from 'stripe'
import { checkEmail } from './customers.ts'
import { invalid, missing, notModelled } from './errors.ts'
import { atMost, mustFind, type Sandbox, seconds } from './sandbox.ts'

type Params = Stripe.Checkout.SessionCreateParams

const daySeconds = 24 * 3600

/** Refuses what Stripe refuses of a new session before it looks at what is bought. */
export function checkSession(sandbox: Sandbox, params: Params): void {
  checkMode(params)
  checkAddresses(params)
  checkExclusive(params)
  checkTexts(params)
  checkTax(sandbox, params)
  checkTrial(sandbox, params.subscription_data ?? {})
}

function checkMode(params: Params): void {
  if (params.mode === undefined) throw missing('mode')
  if (params.mode !== 'subscription' && params.mode !== 'payment') throw notModelled(`mode '${params.mode}'`)
  for (const [param, mode] of modesOf) {
    if (params[param] !== undefined && params.mode !== mode) {
      throw invalid(`You can not pass \`${param}\` in \`${params.mode}\` mode.`, { param })
    }
  }
  if (params.ui_mode !== undefined && params.ui_mode !== 'hosted_page')
    throw notModelled(`ui_mode '${params.ui_mode}'`)
  if (params.payment_method_collection === 'if_required') {
    throw notModelled("payment_method_collection 'if_required'")
  }
}

/** What goes with one mode only. */
const modesOf = [
  ['subscription_data', 'subscription'],
  ['payment_method_collection', 'subscription'],
  ['payment_intent_data', 'payment'],
] as const

/** Tax goes by an address: a customer that has none must be let give one. */
function checkTax(sandbox: Sandbox, params: Params): void {
  if (!params.automatic_tax?.enabled || params.customer === undefined) return
  const customer = mustFind(sandbox, 'customer', params.customer, 'customer')
  if (customer.address || params.customer_update?.address === 'auto') return
  throw invalid(
    'Automatic tax needs an address of the customer: give it, or set `customer_update[address]` to `auto`.',
    { param: 'customer', code: 'customer_tax_location_invalid' },
  )
}

function checkAddresses(params: Params): void {
  if (params.success_url === undefined) throw missing('success_url')
  for (const param of ['success_url', 'cancel_url'] as const) {
    const address = params[param]
    if (address !== undefined && !/^https?:$/.test(URL.parse(address)?.protocol ?? '')) {
      throw invalid('Not a valid URL', { param, code: 'url_invalid' })
    }
  }
}

function checkExclusive(params: Params): void {
  const pairs = [
    ['allow_promotion_codes', 'discounts'],
    ['customer', 'customer_email'],
  ] as const
  for (const [one, other] of pairs) {
    if (params[one] !== undefined && params[other] !== undefined) {
      throw invalid(`You may only specify one of these parameters: ${one}, ${other}.`, {
        param: one,
        code: 'parameters_exclusive',
      })
    }
  }
}

function checkTexts(params: Params): void {
  atMost(200, params.client_reference_id, 'client_reference_id')
  atMost(
    1200,
    params.custom_text?.submit ? params.custom_text.submit.message : '',
    'custom_text[submit][message]',
  )
  if (params.customer_email !== undefined) checkEmail(params.customer_email, 'customer_email')
}

function checkTrial(sandbox: Sandbox, data: NonNullable<Params['subscription_data']>): void {
  const { trial_end: end, trial_period_days: days, trial_settings: settings } = data
  if (end !== undefined && days !== undefined) {
    throw invalid('You may only specify one of these parameters: trial_end, trial_period_days.', {
      param: 'subscription_data[trial_end]',
      code: 'parameters_exclusive',
    })
  }
  if (end !== undefined && end < seconds(sandbox) + 2 * daySeconds) {
    throw invalid('The `trial_end` date has to be at least 2 days in the future.', {
      param: 'subscription_data[trial_end]',
    })
  }
  if (days !== undefined && (days < 1 || days > 730)) {
    throw invalid('trial_period_days must be between 1 and 730.', {
      param: 'subscription_data[trial_period_days]',
    })
  }
  if (settings && end === undefined && days === undefined) {
    throw invalid('trial_settings need a trial.', { param: 'subscription_data[trial_settings]' })
  }
}
