import type { AuditEntry, AuditNote } from './audit.ts'
import type { Draft } from './draft.ts'

/** Drafts, and the journal of all that was done. Nothing in the journal is ever altered. */
export type DraftStore = {
  draft(id: string): Promise<Draft | null>
  /** Those that are neither published nor discarded. */
  openDrafts(): Promise<Draft[]>
  /** Writes a draft with the note of what was done. Answers false, and writes nothing, unless it has that revision before; 0 for a new one. */
  saveDraft(write: { draft: Draft; revision: number; note: AuditNote }): Promise<boolean>
  /** The newest first, `limit` of them at most, and only those before `before`. */
  audit(page: { before: number; limit: number }): Promise<AuditEntry[]>
}
