import { typeMatches } from '../event-types.ts'
import { listDocuments, pageParams, same, within } from '../lists.ts'
import { mustFind, seconds } from '../sandbox.ts'
import type { EndpointsAt } from './endpoint.ts'

/** Stripe lists the events of the last 30 days. */
const keptSeconds = 30 * 24 * 3600

export const eventEndpoints: EndpointsAt<'events'> = {
  'GET /v1/events': {
    models: [...pageParams, 'created', 'delivery_success', 'type', 'types'],
    run: (sandbox, page) =>
      listDocuments(sandbox, {
        kind: 'event',
        url: '/v1/events',
        page,
        matches: ({ created, pending_webhooks: pending, type }) =>
          (page.type === undefined || typeMatches(type, page.type)) &&
          created > seconds(sandbox) - keptSeconds &&
          (page.types?.includes(type) ?? true) &&
          same(pending === 0, page.delivery_success) &&
          within(created, page.created),
      }),
  },
  'GET /v1/events/:id': {
    models: ['expand'],
    run: (sandbox, _, id) => mustFind(sandbox, 'event', id),
  },
}
