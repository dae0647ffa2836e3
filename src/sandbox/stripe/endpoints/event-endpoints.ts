import { listDocuments, pageParams, same, within } from '../lists.ts'
import { mustFind } from '../sandbox.ts'
import type { EndpointsAt } from './endpoint.ts'

export const eventEndpoints: EndpointsAt<'events'> = {
  'GET /v1/events': {
    models: [...pageParams, 'created', 'delivery_success', 'type', 'types'],
    run: (sandbox, page) =>
      listDocuments(sandbox, {
        kind: 'event',
        url: '/v1/events',
        page,
        matches: ({ created, pending_webhooks: pending, type }) =>
          (page.type === undefined || wildcardMatches(type, page.type)) &&
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

/** `invoice.*` stands for every type that begins so. */
function wildcardMatches(type: string, asked: string): boolean {
  return asked.endsWith('*') ? type.startsWith(asked.slice(0, -1)) : type === asked
}
