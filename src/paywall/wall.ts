import { z } from 'zod'
import { siteReferenceSchema } from '../publishing/id.ts'

/** What stands in front of an article that a decision refused. */
export const wallSchema = z
  .strictObject({
    site: siteReferenceSchema,
    kind: z.enum(['subscription', 'registration']).describe('What the wall asks for'),
    layout: z
      .enum(['inline', 'overlay', 'bar'])
      .default('inline')
      .describe(
        'Where it stands: in the article, in a dialog over the page, or along the lower edge of the window',
      ),
    dismissible: z.boolean().default(false).describe('Whether the reader may close it and look around'),
  })
  .describe('A wall')

export type Wall = z.infer<typeof wallSchema>
