import { type Offer, offerSchema } from '../../src/offers/offer.ts'
import { type Plan, planSchema } from '../../src/offers/plan.ts'
import { type Site, siteSchema } from '../../src/paywall/site.ts'

/** Entries as people write them, with what a test is not about filled in. */
export function aSite(written: Record<string, unknown> = {}): Site {
  return siteSchema.parse({
    id: 'demo',
    name: 'The Harbor Lantern',
    timeZone: 'America/New_York',
    ...written,
  })
}

export function aPlan(written: Record<string, unknown> = {}): Plan {
  const price = { amount: 1999, currency: 'USD' }
  return planSchema.parse({ id: 'digital', name: 'Digital Access', price, every: { weeks: 4 }, ...written })
}

export function anOffer(written: Record<string, unknown> = {}): Offer {
  const copy = { headline: 'Unlimited Digital Access', button: 'Act now' }
  return offerSchema.parse({ id: 'sale', plan: 'digital', ...copy, ...written })
}

export const quarterDollarSale = { kind: 'in_all', amount: 25, months: 5, belowMinimum: 'defer' }
