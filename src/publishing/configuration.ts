import { z } from 'zod'
import { type ExemptionRule, exemptionSchema } from '../exemptions/exemption-rule.ts'
import { type Experiment, experimentSchema } from '../experiments/experiment.ts'
import { type Meter, meterSchema } from '../metering/meter.ts'
import { type Offer, offerSchema } from '../offers/offer.ts'
import { type Plan, planSchema } from '../offers/plan.ts'
import { type Nudge, nudgeSchema } from '../paywall/nudge.ts'
import { type Site, siteSchema } from '../paywall/site.ts'
import { type Wall, wallSchema } from '../paywall/wall.ts'

/** One version of the configuration as people write it. `checkConfiguration` also checks what the lists say of each other. */
export const configurationSchema = z
  .strictObject({
    sites: z.array(siteSchema),
    meters: z.array(meterSchema),
    exemptions: z.array(exemptionSchema).default([]),
    nudges: z.array(nudgeSchema).default([]),
    walls: z.array(wallSchema),
    plans: z.array(planSchema),
    offers: z.array(offerSchema),
    experiments: z.array(experimentSchema).default([]),
  })
  .describe('The configuration')

/**
 * A checked configuration: references exist, rules name their site, instants are absolute (ISO 8601, UTC). It fits
 * `configurationSchema` and checks to itself, so it can be stored as JSON and edited into the next version.
 */
export type Configuration = {
  sites: Site[]
  meters: Sited<Meter>[]
  exemptions: Sited<ExemptionRule>[]
  nudges: Sited<Nudge>[]
  walls: Sited<Wall>[]
  /** A plan without a site is sold by every site. */
  plans: Plan[]
  offers: Sited<Offer>[]
  experiments: Sited<Experiment>[]
}

export type Sited<Entry> = Entry & { site: string }
