import { createCoupon, deleteCoupon, updateCoupon } from '../coupons.ts'
import { listDocuments, pageParams, same, within } from '../lists.ts'
import { createPrice, updatePrice } from '../prices.ts'
import { createProduct, updateProduct } from '../products.ts'
import { createPromotionCode, updatePromotionCode } from '../promotion-codes.ts'
import { mustFind } from '../sandbox.ts'
import type { EndpointsAt } from './endpoint.ts'

export const catalogEndpoints: EndpointsAt<'products' | 'prices' | 'coupons' | 'promotion_codes'> = {
  'POST /v1/products': {
    models: [
      'active',
      'description',
      'expand',
      'id',
      'metadata',
      'name',
      'statement_descriptor',
      'unit_label',
    ],
    run: createProduct,
  },
  'GET /v1/products': {
    models: [...pageParams, 'active', 'created', 'ids'],
    run: (sandbox, page) =>
      listDocuments(sandbox, {
        kind: 'product',
        url: '/v1/products',
        page,
        matches: ({ id, active, created }) =>
          same(active, page.active) && (page.ids?.includes(id) ?? true) && within(created, page.created),
      }),
  },
  'GET /v1/products/:id': {
    models: ['expand'],
    run: (sandbox, _, id) => mustFind(sandbox, 'product', id),
  },
  'POST /v1/products/:id': {
    models: ['active', 'description', 'expand', 'metadata', 'name'],
    run: (sandbox, params, id) => updateProduct(sandbox, id, params),
  },
  'POST /v1/prices': {
    models: [
      'active',
      'currency',
      'expand',
      'lookup_key',
      'metadata',
      'nickname',
      'product',
      'product_data',
      'recurring.interval',
      'recurring.interval_count',
      'tax_behavior',
      'transfer_lookup_key',
      'unit_amount',
    ],
    run: (sandbox, params) => createPrice(sandbox, params),
  },
  'GET /v1/prices': {
    models: [
      ...pageParams,
      'active',
      'created',
      'currency',
      'lookup_keys',
      'product',
      'recurring.interval',
      'type',
    ],
    run: (sandbox, page) =>
      listDocuments(sandbox, {
        kind: 'price',
        url: '/v1/prices',
        page,
        matches: (price) =>
          same(price.active, page.active) &&
          same(price.currency, page.currency) &&
          same(price.product, page.product) &&
          same(price.type, page.type) &&
          same(price.recurring?.interval, page.recurring?.interval) &&
          (page.lookup_keys?.includes(price.lookup_key ?? '') ?? true) &&
          within(price.created, page.created),
      }),
  },
  'GET /v1/prices/:id': {
    models: ['expand'],
    run: (sandbox, _, id) => mustFind(sandbox, 'price', id),
  },
  'POST /v1/prices/:id': {
    models: ['active', 'expand', 'lookup_key', 'metadata', 'nickname', 'transfer_lookup_key'],
    run: (sandbox, params, id) => updatePrice(sandbox, id, params),
  },
  'POST /v1/coupons': {
    models: [
      'amount_off',
      'applies_to',
      'currency',
      'duration',
      'duration_in_months',
      'expand',
      'id',
      'max_redemptions',
      'metadata',
      'name',
      'percent_off',
      'redeem_by',
    ],
    run: createCoupon,
  },
  'GET /v1/coupons': {
    models: [...pageParams, 'created'],
    run: (sandbox, page) =>
      listDocuments(sandbox, {
        kind: 'coupon',
        url: '/v1/coupons',
        page,
        matches: ({ created }) => within(created, page.created),
      }),
  },
  'GET /v1/coupons/:id': {
    models: ['expand'],
    run: (sandbox, _, id) => mustFind(sandbox, 'coupon', id),
  },
  'POST /v1/coupons/:id': {
    models: ['expand', 'metadata', 'name'],
    run: (sandbox, params, id) => updateCoupon(sandbox, id, params),
  },
  'DELETE /v1/coupons/:id': {
    models: [],
    run: (sandbox, _, id) => deleteCoupon(sandbox, id),
  },
  'POST /v1/promotion_codes': {
    models: [
      'active',
      'code',
      'customer',
      'expand',
      'expires_at',
      'max_redemptions',
      'metadata',
      'promotion',
    ],
    run: createPromotionCode,
  },
  'GET /v1/promotion_codes': {
    models: [...pageParams, 'active', 'code', 'coupon', 'created', 'customer'],
    run: (sandbox, page) =>
      listDocuments(sandbox, {
        kind: 'promotion_code',
        url: '/v1/promotion_codes',
        page,
        matches: ({ active, code, created, customer, promotion }) =>
          same(active, page.active) &&
          same(code.toLowerCase(), page.code?.toLowerCase()) &&
          same(customer, page.customer) &&
          same(promotion.coupon, page.coupon) &&
          within(created, page.created),
      }),
  },
  'GET /v1/promotion_codes/:id': {
    models: ['expand'],
    run: (sandbox, _, id) => mustFind(sandbox, 'promotion_code', id),
  },
  'POST /v1/promotion_codes/:id': {
    models: ['active', 'expand', 'metadata'],
    run: (sandbox, params, id) => updatePromotionCode(sandbox, id, params),
  },
}
