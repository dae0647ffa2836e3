import { z } from 'zod'
import { idSchema, siteReferenceSchema } from '../publishing/id.ts'

/** An offer shown on an article that stays open (spec rule 11). */
export const nudgeSchema = z
  .strictObject({
    id: idSchema,
    site: siteReferenceSchema,
    meter: idSchema.default('default').describe('The meter whose count it watches'),
    fromView: z.int().min(1).max(1000).describe('The first view of a window at which it may be shown'),
    toView: z.int().min(1).max(1000).optional().describe('The last such view; fromView if left out'),
    atMost: z
      .strictObject({
        times: z.int().min(1).max(100),
        days: z.int().min(1).max(366),
      })
      .describe('How often one reader sees it in the last so many times 24 hours'),
  })
  .refine(({ fromView, toView }) => toView === undefined || toView >= fromView, {
    path: ['toView'],
    error: 'a view not before fromView',
  })
  .describe('A nudge')

export type Nudge = z.infer<typeof nudgeSchema>
