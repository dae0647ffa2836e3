import { z } from 'zod'

/** Ids that people type in the configuration and read in answers, reports and Stripe's metadata. */
export const idSchema = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/, '1 to 40 lower-case letters, digits and inner hyphens')

/** The site a rule belongs to; may be left out where there is only one. */
export const siteReferenceSchema = idSchema
  .optional()
  .describe('The site this belongs to; may be left out where there is only one')
