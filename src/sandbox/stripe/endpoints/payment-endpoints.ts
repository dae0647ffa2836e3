import { closeDispute, updateDispute } from '../disputes.ts'
import { listDocuments, pageParams, same, within } from '../lists.ts'
import { attachTestCard } from '../payment-methods.ts'
import { createRefund, updateRefund } from '../refunds.ts'
import { mustFind } from '../sandbox.ts'
import type { EndpointsAt } from './endpoint.ts'

/** What was paid with which card, what was given back, and what was taken back. */
export const paymentEndpoints: EndpointsAt<
  'invoice_payments' | 'payment_intents' | 'payment_methods' | 'charges' | 'refunds' | 'disputes'
> = {
  'GET /v1/invoice_payments': {
    models: [...pageParams, 'created', 'invoice', 'payment.payment_intent', 'payment.type', 'status'],
    run: (sandbox, page) =>
      listDocuments(sandbox, {
        kind: 'invoice_payment',
        url: '/v1/invoice_payments',
        page,
        matches: ({ created, invoice, payment, status }) =>
          same(invoice, page.invoice) &&
          same(payment.type, page.payment?.type) &&
          same(payment.payment_intent, page.payment?.payment_intent) &&
          same(status, page.status) &&
          within(created, page.created),
      }),
  },
  'GET /v1/invoice_payments/:id': {
    models: ['expand'],
    run: (sandbox, _, id) => mustFind(sandbox, 'invoice_payment', id),
  },
  'GET /v1/payment_intents': {
    models: [...pageParams, 'created', 'customer'],
    run: (sandbox, page) =>
      listDocuments(sandbox, {
        kind: 'payment_intent',
        url: '/v1/payment_intents',
        page,
        matches: ({ created, customer }) => same(customer, page.customer) && within(created, page.created),
      }),
  },
  'GET /v1/payment_intents/:id': {
    models: ['expand'],
    run: (sandbox, _, id) => mustFind(sandbox, 'payment_intent', id),
  },
  'GET /v1/payment_methods': {
    models: [...pageParams, 'customer', 'type'],
    run: (sandbox, page) =>
      listDocuments(sandbox, {
        kind: 'payment_method',
        url: '/v1/payment_methods',
        page,
        matches: ({ customer, type }) => same(customer, page.customer) && same(type, page.type),
      }),
  },
  'GET /v1/payment_methods/:id': {
    models: ['expand'],
    run: (sandbox, _, id) => mustFind(sandbox, 'payment_method', id),
  },
  'POST /v1/payment_methods/:id/attach': {
    models: ['customer', 'expand'],
    run: (sandbox, params, id) => attachTestCard(sandbox, id, params),
  },
  'GET /v1/charges': {
    models: [...pageParams, 'created', 'customer', 'payment_intent'],
    run: (sandbox, page) =>
      listDocuments(sandbox, {
        kind: 'charge',
        url: '/v1/charges',
        page,
        matches: ({ created, customer, payment_intent: intent }) =>
          same(customer, page.customer) && same(intent, page.payment_intent) && within(created, page.created),
      }),
  },
  'GET /v1/charges/:id': {
    models: ['expand'],
    run: (sandbox, _, id) => mustFind(sandbox, 'charge', id),
  },
  'POST /v1/refunds': {
    models: ['amount', 'charge', 'expand', 'metadata', 'payment_intent', 'reason'],
    run: createRefund,
  },
  'GET /v1/refunds': {
    models: [...pageParams, 'charge', 'created', 'payment_intent'],
    run: (sandbox, page) =>
      listDocuments(sandbox, {
        kind: 'refund',
        url: '/v1/refunds',
        page,
        matches: ({ charge, created, payment_intent: intent }) =>
          same(charge, page.charge) && same(intent, page.payment_intent) && within(created, page.created),
      }),
  },
  'GET /v1/refunds/:id': {
    models: ['expand'],
    run: (sandbox, _, id) => mustFind(sandbox, 'refund', id),
  },
  'POST /v1/refunds/:id': {
    models: ['expand', 'metadata'],
    run: (sandbox, params, id) => updateRefund(sandbox, id, params),
  },
  'GET /v1/disputes': {
    models: [...pageParams, 'charge', 'created', 'payment_intent'],
    run: (sandbox, page) =>
      listDocuments(sandbox, {
        kind: 'dispute',
        url: '/v1/disputes',
        page,
        matches: ({ charge, created, payment_intent: intent }) =>
          same(charge, page.charge) && same(intent, page.payment_intent) && within(created, page.created),
      }),
  },
  'GET /v1/disputes/:id': {
    models: ['expand'],
    run: (sandbox, _, id) => mustFind(sandbox, 'dispute', id),
  },
  'POST /v1/disputes/:id': {
    models: ['evidence.uncategorized_text', 'expand', 'metadata', 'submit'],
    run: (sandbox, params, id) => updateDispute(sandbox, id, params),
  },
  'POST /v1/disputes/:id/close': {
    models: ['expand'],
    run: (sandbox, _, id) => closeDispute(sandbox, id, 'lost'),
  },
}
