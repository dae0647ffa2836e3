import { z } from 'zod'

/** One entry of a list, as it is written. Its kind's schema has checked it. */
export const entrySchema = z.record(z.string(), z.unknown())

/** The lists by their kind. Each entry fits its schema; together they may not make a configuration yet. */
export const listsSchema = z.record(z.string(), z.array(entrySchema))

/** An entry that was put away: it takes part in nothing, and can be put back. */
export const archivedEntrySchema = z.object({ kind: z.string(), key: z.string(), entry: entrySchema })
