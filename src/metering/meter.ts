import { z } from 'zod'
import { articleClassSchema } from '../paywall/article.ts'
import { idSchema, siteReferenceSchema } from '../publishing/id.ts'
import { windowSchema } from './window.ts'

const limitSchema = z.int().min(0).max(1000)

const namesSchema = z.array(z.string().min(1).max(100)).min(1).max(200)

/** Which articles a meter counts. Of several conditions all must hold; of several names one is enough. */
export const scopeSchema = z
  .strictObject({
    sections: namesSchema.optional().describe('The article is in one of these sections'),
    tags: namesSchema.optional().describe('The article has one of these tags'),
    classes: z.array(articleClassSchema).min(1).optional().describe('The article is of one of these classes'),
  })
  .refine((scope) => Object.keys(scope).length > 0, 'at least one of sections, tags and classes')
  .describe('Which articles; all of them if left out')

/** A named counter: how many distinct articles a reader may open in a window. */
export const meterSchema = z
  .strictObject({
    id: idSchema,
    site: siteReferenceSchema,
    scope: scopeSchema.optional(),
    window: windowSchema,
    limit: z
      .strictObject({
        anonymous: limitSchema.describe('Free articles in a window for a reader without an account'),
        registered: limitSchema.describe('Free articles in a window for a registered reader, in all'),
      })
      .describe('How many distinct articles open in one window (spec rule 1)'),
  })
  .describe('A meter')

export type Meter = z.infer<typeof meterSchema>
export type Scope = z.infer<typeof scopeSchema>
