import { z } from 'zod'
import { idSchema, siteReferenceSchema } from '../publishing/id.ts'

const shareSchema = z
  .int('a whole number of percent')
  .min(1, 'at least 1 percent')
  .max(99, 'at most 99 percent')
  .describe('Percent of the readers')

const limitSchema = z.strictObject({
  anonymous: z.int('a whole number').min(0, 'at least 0').max(1000, 'at most 1000'),
  registered: z.int('a whole number').min(0, 'at least 0').max(1000, 'at most 1000'),
})

const variantSchema = z.strictObject({
  id: idSchema,
  share: shareSchema,
  meters: z
    .record(idSchema, limitSchema)
    .optional()
    .describe('Other limits of free articles, by the meter’s id; left out: as they are'),
  offers: z
    .array(idSchema)
    .min(1, 'at least one offer')
    .optional()
    .describe(
      'The only offers that walls and nudges show; nobody else is shown them. Left out: the site’s others',
    ),
})

/** Readers of a site in groups that meet different rules, so that what they then do can be compared. */
export const experimentSchema = z
  .strictObject({
    id: idSchema,
    site: siteReferenceSchema,
    hypothesis: z.string().trim().min(1, 'some words').max(300).describe('What you expect, and why'),
    variants: z
      .array(variantSchema)
      .min(1, 'at least one variant')
      .max(5, 'at most five variants')
      .describe(
        'Whoever is in none of them, nor in the holdback, meets the rules as they are: the control group',
      ),
    holdback: z
      .strictObject({
        of: z
          .enum(['offers', 'meter'])
          .describe(
            'offers: they are shown no offer. meter: no article is refused to them for having read others',
          ),
        share: shareSchema,
      })
      .optional()
      .describe('A group that is spared, to see what the whole does'),
    readersWanted: z
      .int('a whole number')
      .min(100, 'at least 100')
      .default(1000)
      .describe('Of each group, before anything is concluded'),
    mostStopped: z
      .int('a whole number of percent')
      .min(1, 'at least 1 percent')
      .max(100, 'at most 100 percent')
      .optional()
      .describe('The experiment ends by itself when surely more readers than that are stopped in a group'),
    status: z.enum(['running', 'ended']).default('running'),
  })
  .describe('An experiment')

export type Experiment = z.infer<typeof experimentSchema>

export const controlGroup = 'control'
export const holdbackGroup = 'holdback'

/** Every group with its share of the readers, percent; the control group is what the others leave. */
export function groupsOf({ variants, holdback }: Pick<Experiment, 'variants' | 'holdback'>): Group[] {
  const groups = variants.map(({ id, share }) => ({ id, share }))
  if (holdback !== undefined) groups.push({ id: holdbackGroup, share: holdback.share })
  const taken = groups.reduce((sum, { share }) => sum + share, 0)
  return [{ id: controlGroup, share: 100 - taken }, ...groups]
}

export type Group = { id: string; share: number }
