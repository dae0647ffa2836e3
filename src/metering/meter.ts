import { z } from 'zod'
import { idSchema, siteReferenceSchema } from '../publishing/id.ts'

const limitSchema = z.int().min(0).max(1000)

/** A named counter: how many distinct articles a reader may open in a window. */
export const meterSchema = z
  .strictObject({
    id: idSchema,
    site: siteReferenceSchema,
    window: z.enum(['month']).describe('A calendar month in the site’s time zone (spec rule 4)'),
    limit: z
      .strictObject({
        anonymous: limitSchema.describe('Free articles in a window for a reader without an account'),
        registered: limitSchema.describe('Free articles in a window for a registered reader, in all'),
      })
      .describe('How many distinct articles open in one window (spec rule 1)'),
  })
  .describe('A meter')

export type Meter = z.infer<typeof meterSchema>
