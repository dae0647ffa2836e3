import type Stripe from 'stripe'
import { invalid, missing } from './errors.ts'
import { newId } from './ids.ts'
import { createProduct } from './products.ts'
import { mergeMetadata, mustFind, orNull, type Sandbox, seconds } from './sandbox.ts'
import type { Price, SubscriptionItem } from './stored.ts'

type NewPrice = Pick<
  Stripe.PriceCreateParams,
  | 'active'
  | 'currency'
  | 'lookup_key'
  | 'metadata'
  | 'nickname'
  | 'product'
  | 'product_data'
  | 'recurring'
  | 'tax_behavior'
  | 'transfer_lookup_key'
  | 'unit_amount'
>

/** Makes a price, and its product if that is described inline; `within` names the parameter the price came in. */
export function createPrice(sandbox: Sandbox, params: NewPrice, within = ''): Price {
  const named = (field: string) => (within ? `${within}[${field}]` : field)
  if (!/^[a-z]{3}$/i.test(params.currency)) {
    throw invalid(`Invalid currency: ${params.currency}`, { param: named('currency') })
  }
  if (params.unit_amount === undefined) throw missing(named('unit_amount'))
  if (params.unit_amount < 0) {
    throw invalid('Invalid non-negative integer', {
      param: named('unit_amount'),
      code: 'parameter_invalid_integer',
    })
  }
  if ((params.product === undefined) === (params.product_data === undefined)) {
    throw invalid('Give exactly one of these parameters: product, product_data.', { param: named('product') })
  }
  const price: Price = {
    id: newId('price'),
    object: 'price',
    active: params.active ?? true,
    billing_scheme: 'per_unit',
    created: seconds(sandbox),
    currency: params.currency.toLowerCase(),
    custom_unit_amount: null,
    livemode: false,
    lookup_key: claimLookupKey(sandbox, params),
    metadata: mergeMetadata({}, params.metadata),
    nickname: orNull(params.nickname),
    product: params.product_data
      ? createProduct(sandbox, params.product_data).id
      : mustFind(sandbox, 'product', params.product ?? '', named('product')).id,
    recurring: recurring(params.recurring, named('recurring')),
    tax_behavior: params.tax_behavior ?? 'unspecified',
    tiers_mode: null,
    transform_quantity: null,
    type: params.recurring ? 'recurring' : 'one_time',
    unit_amount: params.unit_amount,
    unit_amount_decimal: String(params.unit_amount),
  }
  sandbox.documents.save('price', price)
  sandbox.emit('price.created', price)
  return price
}

export function updatePrice(sandbox: Sandbox, id: string, params: Stripe.PriceUpdateParams): Price {
  const before = mustFind(sandbox, 'price', id)
  const price: Price = {
    ...before,
    active: params.active ?? before.active,
    lookup_key: params.lookup_key === undefined ? before.lookup_key : claimLookupKey(sandbox, params, id),
    metadata: mergeMetadata(before.metadata, params.metadata),
    nickname: params.nickname ?? before.nickname,
  }
  sandbox.documents.save('price', price)
  sandbox.emit('price.updated', price, before)
  return price
}

/** The older object that subscription items still carry beside their price. */
export function planOf(price: Price): SubscriptionItem['plan'] {
  return {
    id: price.id,
    object: 'plan',
    active: price.active,
    amount: price.unit_amount,
    amount_decimal: price.unit_amount_decimal,
    billing_scheme: 'per_unit',
    created: price.created,
    currency: price.currency,
    interval: price.recurring?.interval ?? 'month',
    interval_count: price.recurring?.interval_count ?? 1,
    livemode: false,
    metadata: price.metadata,
    meter: null,
    nickname: price.nickname,
    product: price.product,
    tiers_mode: null,
    transform_usage: null,
    trial_period_days: null,
    usage_type: 'licensed',
  }
}

/** A lookup key belongs to one price; another may take it over only by saying so. */
function claimLookupKey(
  sandbox: Sandbox,
  params: { lookup_key?: string; transfer_lookup_key?: boolean },
  own?: string,
): string | null {
  const key = orNull(params.lookup_key)
  const holder = key && sandbox.documents.all('price').find((price) => price.lookup_key === key)
  if (!holder || holder.id === own) return key
  if (!params.transfer_lookup_key) {
    throw invalid(
      `Price '${holder.id}' already uses the lookup key '${key}': pass transfer_lookup_key to move it.`,
      {
        param: 'lookup_key',
        code: 'resource_already_exists',
      },
    )
  }
  const robbed: Price = { ...holder, lookup_key: null }
  sandbox.documents.save('price', robbed)
  sandbox.emit('price.updated', robbed, holder)
  return key
}

const longestYears = 3
const perYear: Record<string, number> = { day: 365, week: 52, month: 12, year: 1 }

function recurring(
  params: Stripe.PriceCreateParams.Recurring | undefined,
  param: string,
): Price['recurring'] {
  if (!params) return null
  const count = params.interval_count ?? 1
  const most = (perYear[params.interval] ?? 1) * longestYears
  if (count < 1 || count > most) {
    throw invalid(`Invalid interval_count: 1 to ${most} for '${params.interval}'`, {
      param: `${param}[interval_count]`,
    })
  }
  return {
    interval: params.interval,
    interval_count: count,
    meter: null,
    trial_period_days: null,
    usage_type: 'licensed',
  }
}
