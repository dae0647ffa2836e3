import { useMemo } from 'react'
import type { ApiProblem } from '../api.ts'
import { siteOf } from '../hooks.ts'
import type { DraftProblem, Entry, FieldError, Values } from '../types.ts'
import type { FormSurroundings } from './context.ts'
import type { Known, Limits, Situation } from './situation.tsx'
import { isRecord } from './variants.ts'

/** What the fields of an entry know of its draft, and what is wrong with them. */
export function useSurroundingsOf(parts: {
  kind: string
  value: Values
  entries: readonly Entry[]
  found: { problems: readonly DraftProblem[]; errors: readonly FieldError[] }
  shown: boolean
  refused: ApiProblem | null
  entryKey: string | null
}): FormSurroundings {
  const { kind, value, entries, found, shown, refused, entryKey } = parts
  return useMemo(() => {
    const present = entries.filter(({ archived }) => !archived)
    const options = (of: string) =>
      present
        .filter((one) => one.kind === of)
        .map(({ entry, title }) => ({ value: String(entry.id), label: title }))
    const own = found.problems.filter(
      (one) => one.kind === kind && (one.key === entryKey || entryKey === null),
    )
    const told = [
      ...own.map(({ field, message }) => [field, sentence(message)] as const),
      ...[...found.errors, ...(refused?.errors ?? [])].map(
        ({ field, expected }) =>
          [
            field === 'entry' ? '' : field,
            sentence(expected.startsWith('unknown') ? expected : `expected ${expected}`),
          ] as const,
      ),
    ]
    return {
      timeZone: siteOfEntry(kind, value, entries)?.timeZone ?? 'UTC',
      currency: currencyOf(value, present),
      references: { plan: options('plans'), site: options('sites'), meter: options('meters') },
      errors: new Map(shown ? told : []),
    }
  }, [kind, value, entries, found, shown, refused, entryKey])
}

/** What was there instead stands in the field itself. */
function sentence(message: string): string {
  const words = message.replace(/, got .*$/s, '')
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`
}

function currencyOf(value: Values, entries: readonly Entry[]): string {
  const plan = entries.find(
    ({ kind, entry }) => kind === 'plans' && (entry.id === value.plan || value.plan === undefined),
  )
  const price = plan?.entry.price
  return isRecord(price) && typeof price.currency === 'string' ? price.currency : 'USD'
}

/** The site that an entry belongs to. */
export function siteOfEntry(kind: string, value: Values, entries: readonly Entry[]) {
  const sites = entries.filter((one) => one.kind === 'sites' && !one.archived)
  const named = kind === 'sites' ? value.id : value.site
  const site = sites.find(({ entry }) => entry.id === named) ?? sites[0]
  return site && siteOf(site.entry)
}

/** Of the meter that lets most through, as it stands in the form. */
export function limitsOf(kind: string, value: Values, entries: readonly Entry[]): Limits {
  const saved = entries.filter((one) => one.kind === 'meters' && !one.archived).map(({ entry }) => entry)
  const kept = kind === 'meters' ? [...saved.filter(({ id }) => id !== value.id), value] : saved
  const limits = kept.map(({ limit }) => limit).filter(isRecord)
  const most = (name: string) =>
    Math.min(1000, Math.max(0, ...limits.map((limit) => Number(limit[name]) || 0)))
  return { anonymous: most('anonymous'), registered: most('registered') }
}

/** The sections, hosts and campaigns that something in the draft is about. */
export function knownOf(value: Values, entries: readonly Entry[]): Known {
  const all = [value, ...entries.filter(({ archived }) => !archived).map(({ entry }) => entry)]
  const words = (...lists: unknown[]) =>
    [...new Set(lists.flatMap((list) => (Array.isArray(list) ? list.map(String) : [])))].toSorted()
  return {
    sections: words(...all.flatMap(({ sections, scope }) => [sections, isRecord(scope) && scope.sections])),
    hosts: words(...all.flatMap(({ referrers, kind, hosts }) => [referrers, kind === 'referrer' && hosts])),
    campaigns: words(...all.map(({ tokens }) => tokens)),
  }
}

/** A nudge stands beside an article that opens, so its form begins with a reader who meets it. */
export function seenBy(kind: string, { fromView }: Values): Partial<Situation> {
  if (kind !== 'nudges' || typeof fromView !== 'number') return {}
  return { reader: 'some', read: String(fromView - 1) }
}
