import { createCustomer, updateCustomer } from '../customers.ts'
import { deleteCustomer } from '../deleted-customers.ts'
import { noSuch } from '../errors.ts'
import { listDocuments, pageParams, same, within } from '../lists.ts'
import { openPortal } from '../portal-sessions.ts'
import type { EndpointsAt } from './endpoint.ts'

export const customerEndpoints: EndpointsAt<'customers' | 'billing_portal'> = {
  'POST /v1/customers': {
    models: ['balance', 'description', 'email', 'expand', 'metadata', 'name', 'phone', 'preferred_locales'],
    run: createCustomer,
  },
  'GET /v1/customers': {
    models: [...pageParams, 'created', 'email'],
    run: (sandbox, page) =>
      listDocuments(sandbox, {
        kind: 'customer',
        url: '/v1/customers',
        page,
        matches: ({ email, created }) => same(email, page.email) && within(created, page.created),
      }),
  },
  'GET /v1/customers/:id': {
    models: ['expand'],
    run: ({ documents }, _, id) => {
      const customer = documents.find('customer', id) ?? documents.find('deleted_customer', id)
      if (!customer) throw noSuch('customer', id)
      return customer
    },
  },
  'POST /v1/customers/:id': {
    models: ['balance', 'description', 'email', 'expand', 'metadata', 'name', 'phone', 'preferred_locales'],
    run: (sandbox, params, id) => updateCustomer(sandbox, id, params),
  },
  'POST /v1/billing_portal/sessions': {
    models: ['customer', 'expand', 'locale', 'return_url'],
    run: openPortal,
  },
  'DELETE /v1/customers/:id': {
    models: [],
    run: (sandbox, _, id) => deleteCustomer(sandbox, id),
  },
}
