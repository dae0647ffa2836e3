import { z } from 'zod'
import { authorSchema } from '../publishing/author.ts'
import type { Role } from './person.ts'

export const scopeSchema = z
  .enum(['views', 'import', 'console.view', 'console.edit', 'console.publish'])
  .describe(
    'views: ask and count for readers of the site; import: past instants too; console.…: what a viewer, editor or publisher may',
  )

/** A key that was given to a script. Epoch milliseconds. */
export const apiKeySchema = z.object({
  id: z.string(),
  name: z.string(),
  hash: z.string().describe('SHA-256 of the key, which is long and random'),
  site: z
    .string()
    .nullable()
    .describe('The only site it may speak of; null for one that only works in the console'),
  scopes: z.array(scopeSchema),
  createdAtMs: z.int(),
  createdBy: authorSchema,
  endedAtMs: z.int().nullable(),
})

export type ApiKey = z.infer<typeof apiKeySchema>

/** What a key may do in the console: the most of its scopes; null for nothing. */
export function consoleRoleOf({ scopes }: ApiKey): Role | null {
  if (scopes.includes('console.publish')) return 'publisher'
  if (scopes.includes('console.edit')) return 'editor'
  return scopes.includes('console.view') ? 'viewer' : null
}
