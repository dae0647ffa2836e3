import { isDeepStrictEqual } from 'node:util'
import { type Entry, type Lists, listOf } from './entries.ts'
import {
  amountOf,
  currencyOf,
  isInstant,
  isMoney,
  isNames,
  isObject,
  lengthWords,
  periodWords,
  type Setting,
  written,
} from './value-words.ts'

/** What became different in one entry, a few words a field: "regular price 17.99 → 19.99 USD". */
export function changeWords(
  kind: string,
  { from, into }: { from: Entry; into: Entry },
  { before, after }: { before: Lists; after: Lists },
): string[] {
  const context = { was: settingOf(kind, from, before), is: settingOf(kind, into, after) }
  return differentFields(kind, from, into).map(({ label, one, other }) =>
    fieldChange(label, { was: one, is: other }, context),
  )
}

/** A field in which two versions of an entry differ, in the words of changes; null where it is not set. */
export type FieldDifference = { field: string; mine: string | null; theirs: string | null }

/** Where two people's versions of one entry differ, field by field. Null: one of them has removed it. */
export function differencesOf(
  kind: string,
  { mine, theirs }: { mine: Entry | null; theirs: Entry | null },
  lists: { mine: Lists; theirs: Lists },
): FieldDifference[] {
  if (mine === null || theirs === null) return []
  const said = (label: string, value: unknown, setting: Setting) =>
    value === undefined ? null : written(value, label, setting)
  const settings = { mine: settingOf(kind, mine, lists.mine), theirs: settingOf(kind, theirs, lists.theirs) }
  return differentFields(kind, mine, theirs).map(({ label, one, other }) => ({
    field: label,
    mine: said(label, one, settings.mine),
    theirs: said(label, other, settings.theirs),
  }))
}

function differentFields(
  kind: string,
  one: Entry,
  other: Entry,
): { label: string; one: unknown; other: unknown }[] {
  const [ones, others] = [fieldsOf(kind, one), fieldsOf(kind, other)]
  return [...new Set([...ones.keys(), ...others.keys()])]
    .map((name) => ({ label: labelOf(kind, name), one: ones.get(name), other: others.get(name) }))
    .filter((field) => !isDeepStrictEqual(field.one, field.other))
}

/** What a new entry says, a few words a field. */
export function entryWords(kind: string, entry: Entry, lists: Lists): string[] {
  const setting = settingOf(kind, entry, lists)
  return [...fieldsOf(kind, entry)]
    .filter(([name]) => name !== 'id' && name !== 'site')
    .map(([name, value]) => `${labelOf(kind, name)} ${written(value, name, setting)}`)
}

function settingOf(kind: string, entry: Entry, lists: Lists): Setting {
  const sites = listOf(lists, 'sites')
  const site = kind === 'sites' ? entry : (sites.find(({ id }) => id === entry.site) ?? sites[0])
  const plan = listOf(lists, 'plans').find(({ id }) => id === entry.plan)
  const price = plan?.price
  return {
    timeZone: typeof site?.timeZone === 'string' ? site.timeZone : 'UTC',
    currency: isObject(price) ? currencyOf(price.currency) : null,
  }
}

/** Values that are told as one, where others are told field by field. */
function isWhole(value: unknown): boolean {
  return !isObject(value) || isMoney(value) || periodWords(value) !== null
}

/** The fields of an entry by their dotted names. */
function fieldsOf(kind: string, entry: Entry, prefix = ''): Map<string, unknown> {
  const fields = new Map<string, unknown>()
  for (const [name, value] of Object.entries(entry)) {
    const path = prefix + name
    if (value === undefined) continue
    const parts = isItems(value) ? byName(value) : value
    if (isWhole(parts) || !isObject(parts)) fields.set(path, value)
    else for (const [inner, part] of fieldsOf(kind, parts, `${path}.`)) fields.set(inner, part)
  }
  return fields
}

/** Items such as an experiment's variants, by what people call them. */
function byName(items: Entry[]): Entry {
  return Object.fromEntries(
    items.map(({ id, ...rest }, index) => (typeof id === 'string' ? [id, rest] : [`${index + 1}`, rest])),
  )
}

function isItems(value: unknown): value is Entry[] {
  return Array.isArray(value) && value.length > 0 && value.every(isObject)
}

const labels = new Map([
  ['plans.price', 'regular price'],
  ['plans.every', 'due'],
  ['offers.intro.kind', 'introductory price is'],
  ['offers.intro.amount', 'introductory price'],
  ['offers.intro.months', 'introductory months'],
  ['offers.intro.belowMinimum', 'if too little to charge'],
  ['offers.startsAt', 'sale starts'],
  ['offers.endsAt', 'sale ends'],
  ['meters.limit.anonymous', 'free articles'],
  ['meters.limit.registered', 'free articles with an account'],
  ['meters.scope.sections', 'sections'],
  ['meters.scope.tags', 'tags'],
  ['meters.scope.classes', 'classes'],
  ['nudges.fromView', 'from view'],
  ['nudges.toView', 'to view'],
  ['nudges.atMost.times', 'at most, times'],
  ['nudges.atMost.days', 'in so many days'],
  ['sites.whenStoreUnavailable', 'when the store is away'],
  ['sites.pastDueGraceDays', 'days of grace after a failed payment'],
  ['sites.url', 'address'],
])

function labelOf(kind: string, name: string): string {
  return (
    labels.get(`${kind}.${name}`) ??
    name.replaceAll('.', ', ').replace(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`)
  )
}

function fieldChange(
  label: string,
  { was, is }: { was: unknown; is: unknown },
  context: { was: Setting; is: Setting },
): string {
  if (was === undefined) return `${label} is now ${written(is, label, context.is)}, was not set`
  if (is === undefined) return `${label} is no longer set, was ${written(was, label, context.was)}`
  if (isMoney(was) && isMoney(is) && was.currency === is.currency)
    return `${label} ${amountOf(was)} → ${amountOf(is)} ${is.currency}`
  if (isInstant(was) && isInstant(is)) {
    const moved = Date.parse(is) - Date.parse(was)
    return `${label} ${lengthWords(Math.abs(moved))} ${moved > 0 ? 'later' : 'earlier'}, ${written(is, label, context.is)}`
  }
  if (isNames(was) && isNames(is)) {
    const added = is.filter((name) => !was.includes(name)).map((name) => `+ ${name}`)
    const removed = was.filter((name) => !is.includes(name)).map((name) => `− ${name}`)
    const differences = [...added, ...removed]
    return `${label} ${differences.length === 0 ? `now ${is.join(', ')}` : differences.join(', ')}`
  }
  return `${label} ${written(was, label, context.was)} → ${written(is, label, context.is)}`
}
