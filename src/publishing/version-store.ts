import { z } from 'zod'
import type { AuditNote } from './audit.ts'
import { authorSchema } from './author.ts'
import type { Draft } from './draft.ts'
import { archivedEntrySchema } from './entries.ts'

/** One numbered, immutable version of the configuration. Epoch milliseconds. */
export const versionSchema = z.object({
  number: z.int(),
  configuration: z.unknown().describe('The configuration with every instant fixed'),
  publishedAtMs: z.int(),
  source: z
    .string()
    .nullable()
    .default(null)
    .describe('What the files said, where a start published them; to tell whether they have changed'),
  archive: z.array(archivedEntrySchema).default([]),
  by: authorSchema.nullable().default(null).describe('Null for what a start published'),
  why: z.string().default(''),
  draft: z.string().nullable().default(null).describe('The draft it was published from'),
  approvedBy: authorSchema.nullable().default(null),
  restores: z
    .int()
    .nullable()
    .default(null)
    .describe('The older version whose content it has, after a roll-back'),
})

export type Version = z.infer<typeof versionSchema>

/** A version that is to be the next one, with the draft that it settles and the note that tells of it. */
export type Publication = {
  version: Version
  /** The draft as it is afterwards, if it still has that revision before. */
  draft: { settled: Draft; revision: number } | null
  note: AuditNote
}

/** Versions are only ever added: 1, 2, 3 … */
export type VersionStore = {
  /** The instant of the installation's first start: the given one the first time, that same one ever after. */
  firstStart(nowMs: number): Promise<number>
  /** 0 before the first; cheap enough to be asked twice a second. */
  latestNumber(): Promise<number>
  version(number: number): Promise<Version | null>
  /** The newest first, `limit` of them at most, and only those before `before`. */
  versions(page: { before: number; limit: number }): Promise<Version[]>
  /** Version, draft and note, all at once or not at all: the number has been taken meanwhile, or the draft has changed. */
  publish(publication: Publication): Promise<'published' | 'number_taken' | 'draft_changed'>
}
