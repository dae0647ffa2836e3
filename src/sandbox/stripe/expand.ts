import { invalid } from './errors.ts'
import type { Sandbox } from './sandbox.ts'
import type { Kind } from './stored.ts'

/** Which document a field's id stands for. */
const references: Record<string, Kind> = {
  customer: 'customer',
  subscription: 'subscription',
  invoice: 'invoice',
  latest_invoice: 'invoice',
  product: 'product',
  coupon: 'coupon',
  discounts: 'discount',
  payment_intent: 'payment_intent',
  charge: 'charge',
  latest_charge: 'charge',
  payment_method: 'payment_method',
  default_payment_method: 'payment_method',
}

const mostLevels = 4

/** An answer with the ids at `paths` (`latest_invoice.customer`) replaced by what they stand for. */
export function expanded(sandbox: Sandbox, answer: object, paths: readonly string[]): object {
  return paths.reduce<object>((node, path) => {
    if (path.split('.').length > mostLevels) {
      throw invalid(`You cannot expand more than ${mostLevels} levels of a property (${path}).`, {
        param: 'expand',
      })
    }
    const result = expandPath(sandbox, { node, segments: path.split('.'), path })
    return typeof result === 'object' && result !== null ? result : node
  }, answer)
}

type Step = { node: unknown; segments: string[]; path: string }

function expandPath(sandbox: Sandbox, { node, segments, path }: Step): unknown {
  const [segment, ...rest] = segments
  if (segment === undefined || node === null) return node
  if (Array.isArray(node)) return node.map((item) => expandPath(sandbox, { node: item, segments, path }))
  const fields = new Map(typeof node === 'object' ? Object.entries(node) : [])
  const list = lists[`${fields.get('object')} ${segment}`]
  if (list && !fields.has(segment)) fields.set(segment, list(sandbox, String(fields.get('id'))))
  const kind = references[segment]
  if (!fields.has(segment) || (rest.length === 0 && !kind && !list)) {
    throw invalid(`This property cannot be expanded (${path}).`, { param: 'expand' })
  }
  const value = kind ? lookedUp(sandbox, kind, fields.get(segment)) : fields.get(segment)
  return Object.fromEntries(fields.set(segment, expandPath(sandbox, { node: value, segments: rest, path })))
}

function lookedUp(sandbox: Sandbox, kind: Kind, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => lookedUp(sandbox, kind, item))
  if (typeof value !== 'string') return value
  return sandbox.documents.find(kind, value) ?? deleted(sandbox, kind, value) ?? value
}

function deleted(sandbox: Sandbox, kind: Kind, id: string): unknown {
  if (kind === 'customer') return sandbox.documents.find('deleted_customer', id)
  return kind === 'coupon' ? sandbox.documents.find('deleted_coupon', id) : undefined
}

/** The lists an object shows only when it is asked to: the newest first, but for lines. */
const lists: Record<string, (sandbox: Sandbox, of: string) => object> = {
  'checkout.session line_items': ({ documents }, session) =>
    list(
      `/v1/checkout/sessions/${session}/line_items`,
      documents.find('checkout_terms', session)?.lines ?? [],
    ),
  'invoice payments': ({ documents }, invoice) =>
    list(
      `/v1/invoice_payments?invoice=${invoice}`,
      documents.all('invoice_payment').filter((payment) => payment.invoice === invoice),
    ),
  'charge refunds': ({ documents }, charge) =>
    list(
      `/v1/charges/${charge}/refunds`,
      documents.all('refund').filter((refund) => refund.charge === charge),
    ),
}

function list(url: string, data: object[]): object {
  return { object: 'list', data, has_more: false, url }
}
