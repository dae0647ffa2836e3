import { z } from 'zod'
import { checkConfiguration } from './check-configuration.ts'
import type { Configuration } from './configuration.ts'
import { keyOf, type Lists, listOf, listsFrom } from './entries.ts'

/** What keeps a draft from being published, at the field that it is about. */
export const draftProblemSchema = z
  .object({
    kind: z.string(),
    key: z.string().nullable().describe('Null where it is about the list as a whole'),
    field: z.string().describe('Dotted, as intro.amount; empty for the entry as a whole'),
    message: z.string(),
  })
  .describe('What keeps it from being published')

export type DraftProblem = z.infer<typeof draftProblemSchema>

/** The configuration that the lists make, or all that is wrong. `firstStartedAt` (epoch ms) is what "first start" means. */
export function checkLists(
  lists: Lists,
  { firstStartedAt }: { firstStartedAt: number },
): { configuration: Configuration } | { problems: DraftProblem[] } {
  const checked = checkConfiguration(lists, { firstStartedAt })
  if ('configuration' in checked) return checked
  return {
    problems: checked.problems.map(({ path: [kind, index, ...field], message }) => {
      const entry = typeof index === 'number' ? listOf(lists, String(kind))[index] : undefined
      return {
        kind: String(kind),
        key: entry === undefined ? null : keyOf(String(kind), entry),
        field: field.join('.'),
        message,
      }
    }),
  }
}

/** The same lists with every instant fixed, as a published version has them; as they are while they make no configuration. */
export function fixInstants(lists: Lists, options: { firstStartedAt: number }): Lists {
  const checked = checkLists(lists, options)
  return 'configuration' in checked ? listsFrom(checked.configuration) : lists
}
