import { z } from 'zod'
import type { Route } from '../http/route.ts'
import { readVersion } from '../publishing/first-version.ts'
import type { Catalogue } from '../subscriptions/catalogue.ts'
import type { IdentifyActor } from './actor.ts'
import { consoleRoute, noBody, noQuery } from './console-route.ts'
import type { Drafts } from './drafts.ts'
import type { Sales } from './sales.ts'

const soldSchema = z
  .object({
    site: z.string(),
    offer: z.string(),
    plan: z.string(),
    product: z.string().nullable(),
    price: z
      .string()
      .nullable()
      .describe('Null until it is published, or first bought, where a start published it'),
    coupon: z.string().nullable().describe('Of an introductory discount; null where none is needed'),
  })
  .describe('What an offer sells, with Stripe’s ids')

export type SalesRoutesParts = { identify: IdentifyActor; drafts: Drafts; sales: Sales; catalogue: Catalogue }

/** Which product, price and coupon of the Stripe account belong to which offer. */
export function salesRoutes({ identify, drafts, sales, catalogue }: SalesRoutesParts): Route[] {
  return [
    consoleRoute(identify, {
      method: 'get',
      path: '/v1/console/catalogue',
      summary: 'What the offers in force sell, with Stripe’s ids',
      description:
        'Prices in Stripe are never altered: another amount is another price, and whoever has bought keeps theirs.',
      role: 'viewer',
      body: noBody,
      query: noQuery,
      answer: {
        description: 'As Stripe has it now',
        body: z.object({ version: z.int(), sold: z.array(soldSchema) }),
      },
      problems: ['payments_unavailable'],
      async handle() {
        const { version, configuration } = readVersion(await drafts.latest())
        const sold = await Promise.all(
          sales
            .of(configuration)
            .map(async ({ terms, ...about }) => ({ ...about, ...(await catalogue.find(terms)) })),
        )
        return { version, sold }
      },
    }),
  ]
}
