import { createInvoiceItem, deleteInvoiceItem, updateInvoiceItem } from '../invoice-items.ts'
import { previewInvoice } from '../invoice-preview.ts'
import { listDocuments, pageParams, same, within } from '../lists.ts'
import { payInvoice } from '../paying-invoices.ts'
import { mustFind } from '../sandbox.ts'
import { cancelSubscription, updateSubscription } from '../subscription-updates.ts'
import type { EndpointsAt } from './endpoint.ts'

/** Subscriptions, their invoices, and the items pending for the next one. */
export const billingEndpoints: EndpointsAt<'subscriptions' | 'invoices' | 'invoiceitems'> = {
  'GET /v1/subscriptions': {
    models: [
      ...pageParams,
      'created',
      'current_period_end',
      'current_period_start',
      'customer',
      'price',
      'status',
    ],
    run: (sandbox, page) =>
      listDocuments(sandbox, {
        kind: 'subscription',
        url: '/v1/subscriptions',
        page,
        matches: ({ created, customer, items, status }) =>
          statusMatches(status, page.status) &&
          same(customer, page.customer) &&
          within(created, page.created) &&
          items.data.some(
            (item) =>
              same(item.price.id, page.price) &&
              within(item.current_period_end, page.current_period_end) &&
              within(item.current_period_start, page.current_period_start),
          ),
      }),
  },
  'GET /v1/subscriptions/:id': {
    models: ['expand'],
    run: (sandbox, _, id) => mustFind(sandbox, 'subscription', id),
  },
  'POST /v1/subscriptions/:id': {
    models: [
      'cancel_at',
      'cancel_at_period_end',
      'cancellation_details.comment',
      'cancellation_details.feedback',
      'default_payment_method',
      'description',
      'discounts.coupon',
      'discounts.discount',
      'expand',
      'metadata',
      'proration_behavior',
      'trial_end',
    ],
    run: (sandbox, params, id) => updateSubscription(sandbox, id, params),
  },
  'DELETE /v1/subscriptions/:id': {
    models: [
      'cancellation_details.comment',
      'cancellation_details.feedback',
      'expand',
      'invoice_now',
      'prorate',
    ],
    run: (sandbox, params, id) => cancelSubscription(sandbox, id, params),
  },
  'GET /v1/invoices': {
    models: [...pageParams, 'created', 'customer', 'status', 'subscription'],
    run: (sandbox, page) =>
      listDocuments(sandbox, {
        kind: 'invoice',
        url: '/v1/invoices',
        page,
        matches: ({ created, customer, parent, status }) =>
          same(customer, page.customer) &&
          same(status, page.status) &&
          same(parent?.subscription_details?.subscription, page.subscription) &&
          within(created, page.created),
      }),
  },
  'GET /v1/invoices/:id': {
    models: ['expand'],
    run: (sandbox, _, id) => mustFind(sandbox, 'invoice', id),
  },
  'POST /v1/invoices/create_preview': {
    models: ['expand', 'subscription'],
    run: (sandbox, params) => previewInvoice(sandbox, params),
  },
  'POST /v1/invoices/:id/pay': {
    models: ['expand', 'off_session', 'payment_method'],
    run: (sandbox, params, id) => payInvoice(sandbox, id, params),
  },
  'POST /v1/invoiceitems': {
    models: [
      'amount',
      'currency',
      'customer',
      'description',
      'discountable',
      'expand',
      'metadata',
      'period',
      'pricing',
      'quantity',
      'subscription',
      'tax_behavior',
    ],
    run: createInvoiceItem,
  },
  'GET /v1/invoiceitems': {
    models: [...pageParams, 'created', 'customer', 'invoice', 'pending'],
    run: (sandbox, page) =>
      listDocuments(sandbox, {
        kind: 'invoiceitem',
        url: '/v1/invoiceitems',
        page,
        matches: ({ customer, date, invoice }) =>
          same(customer, page.customer) &&
          same(invoice, page.invoice) &&
          same(invoice === null, page.pending) &&
          within(date, page.created),
      }),
  },
  'GET /v1/invoiceitems/:id': {
    models: ['expand'],
    run: (sandbox, _, id) => mustFind(sandbox, 'invoiceitem', id),
  },
  'POST /v1/invoiceitems/:id': {
    models: ['amount', 'description', 'discountable', 'expand', 'metadata'],
    run: (sandbox, params, id) => updateInvoiceItem(sandbox, id, params),
  },
  'DELETE /v1/invoiceitems/:id': {
    models: [],
    run: (sandbox, _, id) => deleteInvoiceItem(sandbox, id),
  },
}

/** Unless asked, ended subscriptions are not listed. */
function statusMatches(status: string, asked: string | undefined): boolean {
  if (asked === 'all') return true
  return asked === undefined || asked === 'ended'
    ? (status === 'canceled') === (asked === 'ended')
    : status === asked
}
