import { createSession, expireSession, updateSession } from '../checkout-sessions.ts'
import { noSuch } from '../errors.ts'
import { cutPage, listDocuments, pageParams, same, within } from '../lists.ts'
import { mustFind } from '../sandbox.ts'
import type { EndpointsAt } from './endpoint.ts'

export const checkoutEndpoints: EndpointsAt<'checkout'> = {
  'POST /v1/checkout/sessions': {
    models: [
      'allow_promotion_codes',
      'automatic_tax.enabled',
      'cancel_url',
      'client_reference_id',
      'custom_text.submit',
      'customer',
      'customer_email',
      'customer_update',
      'discounts.coupon',
      'discounts.promotion_code',
      'expand',
      'expires_at',
      'line_items.metadata',
      'line_items.price',
      'line_items.price_data.currency',
      'line_items.price_data.product',
      'line_items.price_data.product_data.description',
      'line_items.price_data.product_data.metadata',
      'line_items.price_data.product_data.name',
      'line_items.price_data.product_data.unit_label',
      'line_items.price_data.recurring',
      'line_items.price_data.tax_behavior',
      'line_items.price_data.unit_amount',
      'line_items.quantity',
      'locale',
      'metadata',
      'mode',
      'payment_intent_data.description',
      'payment_intent_data.metadata',
      'payment_method_collection',
      'subscription_data.description',
      'subscription_data.metadata',
      'subscription_data.trial_end',
      'subscription_data.trial_period_days',
      'subscription_data.trial_settings.end_behavior.missing_payment_method',
      'success_url',
      'ui_mode',
    ],
    run: createSession,
  },
  'GET /v1/checkout/sessions': {
    models: [
      ...pageParams,
      'created',
      'customer',
      'customer_details',
      'payment_intent',
      'status',
      'subscription',
    ],
    run: (sandbox, page) =>
      listDocuments(sandbox, {
        kind: 'session',
        url: '/v1/checkout/sessions',
        page,
        matches: (session) =>
          same(session.customer, page.customer) &&
          same(session.customer_details?.email, page.customer_details?.email) &&
          same(session.payment_intent, page.payment_intent) &&
          same(session.status, page.status) &&
          same(session.subscription, page.subscription) &&
          within(session.created, page.created),
      }),
  },
  'GET /v1/checkout/sessions/:id': {
    models: ['expand'],
    run: (sandbox, _, id) => mustFind(sandbox, 'session', id),
  },
  'POST /v1/checkout/sessions/:id': {
    models: ['expand', 'metadata'],
    run: (sandbox, params, id) => updateSession(sandbox, id, params),
  },
  'POST /v1/checkout/sessions/:id/expire': {
    models: ['expand'],
    run: (sandbox, _, id) => expireSession(sandbox, id),
  },
  'GET /v1/checkout/sessions/:id/line_items': {
    models: [...pageParams],
    run: (sandbox, page, id) => {
      mustFind(sandbox, 'session', id)
      const { lines } = mustFind(sandbox, 'checkout_terms', id)
      const mustKnow = (line: string, param: string) => {
        if (!lines.some((known) => known.id === line)) throw noSuch('item', line, param)
      }
      return cutPage({ all: lines, url: `/v1/checkout/sessions/${id}/line_items`, page, mustKnow })
    },
  },
}
