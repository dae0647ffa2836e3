import { auditNote } from '../../src/publishing/audit.ts'
import type { Draft } from '../../src/publishing/draft.ts'
import type { Version, VersionStore } from '../../src/publishing/version-store.ts'

export const ann = { id: 'p_ann', name: 'Ann' }

/** An open draft on version 1, at its first revision. */
export function draftOf(parts: Partial<Draft> & { id: string }): Draft {
  return {
    title: 'A draft',
    base: 1,
    lists: {},
    archive: [],
    revision: 1,
    status: 'open',
    createdAtMs: 1_000,
    createdBy: ann,
    changedAtMs: 1_000,
    changedBy: ann,
    editors: [],
    approval: null,
    schedule: null,
    failure: null,
    version: null,
    ...parts,
  }
}

/** A version that was published by hand: the configuration is what is said of it. */
export function versionOf(parts: Partial<Version> & Pick<Version, 'number' | 'configuration'>): Version {
  return {
    source: null,
    publishedAtMs: 1_000,
    archive: [],
    by: ann,
    why: 'A change',
    draft: null,
    approvedBy: null,
    restores: null,
    ...parts,
  }
}

/** Publishes it as the next version, past all checks. */
export async function publishAnyway(versions: VersionStore, configuration: unknown): Promise<number> {
  const number = (await versions.latestNumber()) + 1
  const note = auditNote({ atMs: 1_000, by: ann, action: 'published', version: number })
  await versions.publish({ version: versionOf({ number, configuration }), draft: null, note })
  return number
}

/** Resolves when it holds; rejects where that has not come within a minute, which is for a machine that runs many tests. */
export async function eventually(holds: () => boolean | Promise<boolean>): Promise<void> {
  const giveUpAt = performance.now() + 60_000
  while (!(await holds())) {
    if (performance.now() > giveUpAt) throw new Error(`waited in vain until ${holds}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
