import type Stripe from 'stripe'
import { invalid } from './errors.ts'
import { newId } from './ids.ts'
import { mergeMetadata, mustFind, orNull, type Sandbox, seconds } from './sandbox.ts'
import type { Product } from './stored.ts'

type NewProduct = Pick<
  Stripe.ProductCreateParams,
  'id' | 'name' | 'active' | 'description' | 'metadata' | 'statement_descriptor' | 'unit_label'
>

export function createProduct(sandbox: Sandbox, params: NewProduct): Product {
  const id = params.id ?? newId('prod', 14)
  if (sandbox.documents.find('product', id)) {
    throw invalid(`Product already exists: '${id}'`, { param: 'id', code: 'resource_already_exists' })
  }
  const product: Product = {
    id,
    object: 'product',
    active: params.active ?? true,
    created: seconds(sandbox),
    default_price: null,
    description: orNull(params.description),
    images: [],
    livemode: false,
    marketing_features: [],
    metadata: mergeMetadata({}, params.metadata),
    name: params.name,
    package_dimensions: null,
    shippable: null,
    statement_descriptor: orNull(params.statement_descriptor),
    tax_code: null,
    tax_details: null,
    type: 'service',
    unit_label: orNull(params.unit_label),
    updated: seconds(sandbox),
    url: null,
  }
  sandbox.documents.save('product', product)
  sandbox.emit('product.created', product)
  return product
}

export function updateProduct(sandbox: Sandbox, id: string, params: Stripe.ProductUpdateParams): Product {
  const before = mustFind(sandbox, 'product', id)
  const product: Product = {
    ...before,
    active: params.active ?? before.active,
    description: params.description === undefined ? before.description : orNull(params.description),
    metadata: mergeMetadata(before.metadata, params.metadata),
    name: params.name ?? before.name,
    updated: seconds(sandbox),
  }
  sandbox.documents.save('product', product)
  sandbox.emit('product.updated', product, before)
  return product
}
