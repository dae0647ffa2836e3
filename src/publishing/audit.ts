import { z } from 'zod'
import { authorSchema } from './author.ts'

/**
 * Who did what, when and why. `before` and `after` hold the entry as it was and became, so nothing that somebody wrote
 * is ever lost.
 */
export const auditNoteSchema = z.object({
  atMs: z.int(),
  by: authorSchema.nullable().describe('Null for the service itself'),
  action: z.enum([
    'draft_begun',
    'draft_renamed',
    'entry_added',
    'entry_changed',
    'entry_removed',
    'entry_moved',
    'entry_archived',
    'entry_restored',
    'draft_replaced',
    'draft_rebased',
    'draft_approved',
    'draft_scheduled',
    'draft_unscheduled',
    'schedule_failed',
    'draft_discarded',
    'published',
    'rolled_back',
  ]),
  draft: z.string().nullable(),
  version: z.int().nullable(),
  subject: z.object({ kind: z.string(), key: z.string() }).nullable().describe('The entry that was changed'),
  words: z.array(z.string()).describe('What changed, in plain words'),
  why: z.string(),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
})

export type AuditNote = z.infer<typeof auditNoteSchema>

/** A note with its place in the journal, from 1. */
export const auditEntrySchema = auditNoteSchema.extend({ number: z.int() })

export type AuditEntry = z.infer<typeof auditEntrySchema>

/** A note with what it does not say left empty. */
export function auditNote(note: Pick<AuditNote, 'atMs' | 'by' | 'action'> & Partial<AuditNote>): AuditNote {
  return { draft: null, version: null, subject: null, words: [], why: '', ...note }
}
