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
}

/** An answer with the ids at `paths` (`latest_invoice.customer`) replaced by what they stand for. */
export function expanded(sandbox: Sandbox, answer: object, paths: readonly string[]): object {
  return paths.reduce<object>((node, path) => {
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
  if (segment === 'line_items' && fields.get('object') === 'checkout.session') {
    fields.set(segment, lineItems(sandbox, String(fields.get('id'))))
  }
  const kind = references[segment]
  if (!fields.has(segment) || (rest.length === 0 && !kind && segment !== 'line_items')) {
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

function lineItems(sandbox: Sandbox, session: string): object {
  const data = sandbox.documents.find('checkout_terms', session)?.lines ?? []
  return { object: 'list', data, has_more: false, url: `/v1/checkout/sessions/${session}/line_items` }
}
