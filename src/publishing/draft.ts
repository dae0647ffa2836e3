import { z } from 'zod'
import { authorSchema } from './author.ts'
import { archivedEntrySchema, listsSchema } from './entries.ts'

/** A configuration that is being written, on the ground of a published version. Epoch milliseconds. */
export const draftSchema = z.object({
  id: z.string(),
  title: z.string(),
  base: z.int().describe('The version it was made from'),
  lists: listsSchema,
  archive: z.array(archivedEntrySchema),
  revision: z.int().describe('Goes up with every change'),
  status: z.enum(['open', 'scheduled', 'published', 'discarded']),
  createdAtMs: z.int(),
  createdBy: authorSchema,
  changedAtMs: z.int(),
  changedBy: authorSchema,
  editors: z.array(z.string()).describe('The ids of all who changed its content'),
  approval: z
    .object({ by: authorSchema, atMs: z.int() })
    .nullable()
    .describe('By a second person; a later change takes it away'),
  schedule: z.object({ atMs: z.int(), by: authorSchema, why: z.string() }).nullable(),
  failure: z.string().nullable().describe('Why it could not be published at its time'),
  version: z.int().nullable().describe('The version it became'),
})

export type Draft = z.infer<typeof draftSchema>

/** Whether it is done with: published or discarded. */
export function isClosed({ status }: Draft): boolean {
  return status === 'published' || status === 'discarded'
}
