import { Problem } from '../http/problem.ts'
import { auditNote } from './audit.ts'
import type { Author } from './author.ts'
import { changesBetween } from './changes.ts'
import { checkLists } from './check-lists.ts'
import type { Configuration } from './configuration.ts'
import type { Draft } from './draft.ts'
import { listsFrom } from './entries.ts'
import { readVersion } from './first-version.ts'
import type { Version, VersionStore } from './version-store.ts'

/** Makes drafts, and older versions, the next version. */
export type Publisher = {
  /** Publishes a draft as it is at this revision, or says why not; nothing has happened then. */
  publish(draft: Draft, publishing: Publishing): Promise<Version | Problem>
  /** Publishes an older version's content as a new version. */
  rollBack(number: number, publishing: Publishing): Promise<Version | Problem>
  /** Publishes the version that rules with a change, at once and without anybody's approval: for what is done by itself. */
  amend(
    change: (configuration: Configuration) => Configuration,
    publishing: Publishing,
  ): Promise<Version | Problem>
}

/** Who publishes, and why. */
export type Publishing = { by: Author; why: string }

export type PublisherParts = {
  versions: VersionStore
  /** Whether somebody who did not write it has to approve a draft before. */
  needsApproval: boolean
  /** Makes what is sold be there in the payment service. Rejects when it cannot. */
  prepareSales: (options: { next: Configuration; before: Configuration }) => Promise<void>
  /** This process answers by the new version at once. */
  refreshRules: () => Promise<void>
  /** Epoch milliseconds. */
  now: () => number
}

export function createPublisher(parts: PublisherParts): Publisher {
  const { versions, needsApproval, prepareSales, refreshRules, now } = parts

  async function publish(draft: Draft, { by, why }: Publishing): Promise<Version | Problem> {
    if (draft.status === 'published' || draft.status === 'discarded') return closed(draft)
    if (needsApproval && draft.approval === null) {
      return new Problem(
        'approval_required',
        'Somebody who did not write this draft has to approve it first.',
      )
    }
    const latest = await versions.version(await versions.latestNumber())
    if (latest === null) throw new Error('a draft is made from a version, and there is none')
    if (latest.number !== draft.base) return outdated(draft, latest)
    const checked = checkLists(draft.lists, { firstStartedAt: await versions.firstStart(now()) })
    if ('problems' in checked) return invalid(checked.problems)
    const before = readVersion(latest).configuration
    await prepareSales({ next: checked.configuration, before })
    return add({
      version: {
        ...content(checked.configuration, draft.archive),
        number: latest.number + 1,
        by,
        why,
        draft: draft.id,
        approvedBy: draft.approval?.by ?? null,
        restores: null,
      },
      before,
      draft,
      latest,
    })
  }

  async function rollBack(number: number, { by, why }: Publishing): Promise<Version | Problem> {
    const latest = await versions.version(await versions.latestNumber())
    const old = await versions.version(number)
    if (old === null || latest === null) return new Problem('not_found', `There is no version ${number}.`)
    if (number === latest.number)
      return new Problem('nothing_changed', `Version ${number} is the one that rules.`)
    const checked = checkLists(listsFrom(old.configuration), { firstStartedAt: 0 })
    if ('problems' in checked) return invalid(checked.problems)
    const before = readVersion(latest).configuration
    await prepareSales({ next: checked.configuration, before })
    return add({
      version: {
        ...content(checked.configuration, old.archive),
        number: latest.number + 1,
        by,
        why,
        draft: null,
        approvedBy: null,
        restores: number,
      },
      before,
      draft: null,
      latest,
    })
  }

  async function amend(
    change: (configuration: Configuration) => Configuration,
    { by, why }: Publishing,
  ): Promise<Version | Problem> {
    const latest = await versions.version(await versions.latestNumber())
    if (latest === null) return new Problem('not_found', 'There is no version yet.')
    const before = readVersion(latest).configuration
    const checked = checkLists(listsFrom(change(before)), { firstStartedAt: 0 })
    if ('problems' in checked) return invalid(checked.problems)
    const number = latest.number + 1
    const made = { by, why, draft: null, approvedBy: null, restores: null }
    return add({
      version: { ...content(checked.configuration, latest.archive), number, ...made },
      before,
      draft: null,
      latest,
    })
  }

  function content(configuration: Configuration, archive: Version['archive']) {
    return { configuration, archive, publishedAtMs: now(), source: null }
  }

  async function add(options: {
    version: Version
    before: Configuration
    draft: Draft | null
    latest: Version
  }): Promise<Version | Problem> {
    const { version, before, draft, latest } = options
    const { number, by, why, publishedAtMs } = version
    const changes = changesBetween(listsFrom(before), listsFrom(version.configuration))
    const archived = JSON.stringify(version.archive) !== JSON.stringify(latest.archive)
    if (changes.length === 0 && !archived) {
      return new Problem('nothing_changed', `It says the same as version ${latest.number}, which rules.`)
    }
    const words = changes.flatMap(({ title, change, words }) =>
      words.length === 0 ? [`${title}: ${change}`] : words.map((word) => `${title}: ${word}`),
    )
    const note = auditNote({
      atMs: publishedAtMs,
      by,
      why,
      action: version.restores === null ? 'published' : 'rolled_back',
      draft: draft?.id ?? null,
      version: number,
      words,
    })
    const outcome = await versions.publish({
      version,
      draft: draft && {
        settled: { ...draft, status: 'published', revision: draft.revision + 1, version: number },
        revision: draft.revision,
      },
      note,
    })
    if (outcome === 'draft_changed') return changed()
    if (outcome === 'number_taken') {
      const newer = await versions.version(number)
      if (newer === null || draft === null) return changed()
      return outdated(draft, newer)
    }
    await refreshRules()
    return version
  }

  return { publish, rollBack, amend }
}

export function closed({ status, version }: Draft): Problem {
  const detail = status === 'published' ? `It was published as version ${version}.` : 'It was discarded.'
  return new Problem('draft_closed', detail)
}

function changed(): Problem {
  return new Problem('draft_changed', 'It was changed meanwhile. Look at it again.')
}

function outdated(draft: Draft, { number, by }: Version): Problem {
  const who = by === null ? 'A start' : by.name
  const detail =
    `${who} has published version ${number} since this draft was made from version ${draft.base}. ` +
    'Bring the draft up to date first; nothing of either is lost.'
  return new Problem('base_outdated', detail, { more: { latest: number, base: draft.base } })
}

function invalid(
  problems: readonly { kind: string; key: string | null; field: string; message: string }[],
): Problem {
  const [first] = problems
  const detail =
    first === undefined
      ? ''
      : `: ${[first.key ?? first.kind, first.field, first.message].filter(Boolean).join(', ')}`
  return new Problem('draft_invalid', `It does not validate${detail}.`, { more: { problems } })
}
