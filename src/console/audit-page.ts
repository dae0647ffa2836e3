import type { AuditEntry } from '../publishing/audit.ts'
import type { DraftStore } from '../publishing/draft-store.ts'

type Wanted = {
  before: number
  limit: number
  draft?: string | undefined
  kind?: string | undefined
  key?: string | undefined
}

const notesAtOnce = 100
/** One question looks through so many notes at most; `next` lets the caller go on. */
const mostLookedThrough = 2000

/** The notes that fit, the newest first. `next` is where to go on; null at the journal's beginning. */
export async function auditPage(
  drafts: DraftStore,
  wanted: Wanted,
): Promise<{ notes: AuditEntry[]; next: number | null }> {
  const notes: AuditEntry[] = []
  let { before } = wanted
  for (let looked = 0; looked < mostLookedThrough; looked += notesAtOnce) {
    const page = await drafts.audit({ before, limit: notesAtOnce })
    for (const note of page) {
      before = note.number
      if (!fits(note, wanted)) continue
      notes.push(note)
      if (notes.length === wanted.limit) return { notes, next: before > 1 ? before : null }
    }
    if (page.length < notesAtOnce) return { notes, next: null }
  }
  return { notes, next: before > 1 ? before : null }
}

function fits({ draft, subject }: AuditEntry, wanted: Wanted): boolean {
  return (
    (wanted.draft === undefined || draft === wanted.draft) &&
    (wanted.kind === undefined || subject?.kind === wanted.kind) &&
    (wanted.key === undefined || subject?.key === wanted.key)
  )
}
