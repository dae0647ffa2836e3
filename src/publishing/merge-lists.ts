import { isDeepStrictEqual } from 'node:util'
import { type Entry, keyOf, kinds, type Lists, listOf, type Place } from './entries.ts'

/** An entry that both have changed, each in another way. Null: not there. */
export type Conflict = Place & { base: Entry | null; mine: Entry | null; theirs: Entry | null }

/** Whose entry is taken where both have changed it, by `kind/key`. */
export type Choices = Readonly<Record<string, 'mine' | 'theirs'>>

/**
 * Puts my changes since `base` and theirs together, entry by entry. What only one of us changed is taken; what both
 * changed is a conflict unless both did the same or a choice is given.
 */
export function mergeLists(
  { base, mine, theirs }: { base: Lists; mine: Lists; theirs: Lists },
  choices: Choices,
): { lists: Lists } | { conflicts: Conflict[] } {
  const merged = kinds.map((kind) => ({ kind, ...mergeList(kind, { base, mine, theirs }, choices) }))
  const conflicts = merged.flatMap((list) => list.conflicts)
  if (conflicts.length > 0) return { conflicts }
  return { lists: Object.fromEntries(merged.map(({ kind, entries }) => [kind, entries])) }
}

function mergeList(
  kind: string,
  lists: { base: Lists; mine: Lists; theirs: Lists },
  choices: Choices,
): { entries: Entry[]; conflicts: Conflict[] } {
  const base = byKey(kind, lists.base)
  const mine = byKey(kind, lists.mine)
  const theirs = byKey(kind, lists.theirs)
  const conflicts: Conflict[] = []
  const entries = mergedOrder([...base.keys()], [...mine.keys()], [...theirs.keys()]).flatMap((key) => {
    const sides = {
      base: base.get(key) ?? null,
      mine: mine.get(key) ?? null,
      theirs: theirs.get(key) ?? null,
    }
    const taken = mergeEntry(sides, choices[`${kind}/${key}`])
    if (taken === 'conflict') conflicts.push({ kind, key, ...sides })
    return taken === 'conflict' || taken === null ? [] : [taken]
  })
  return { entries, conflicts }
}

function mergeEntry(
  { base, mine, theirs }: { base: Entry | null; mine: Entry | null; theirs: Entry | null },
  choice: 'mine' | 'theirs' | undefined,
): Entry | null | 'conflict' {
  if (isDeepStrictEqual(mine, theirs) || isDeepStrictEqual(theirs, base)) return mine
  if (isDeepStrictEqual(mine, base)) return theirs
  if (choice === undefined) return 'conflict'
  return choice === 'mine' ? mine : theirs
}

/** Every key of all three. The order is theirs, unless only I changed it; what the other side added follows what it followed there. */
function mergedOrder(base: string[], mine: string[], theirs: string[]): string[] {
  const iMoved = !isDeepStrictEqual(
    base.filter((key) => mine.includes(key)),
    mine.filter((key) => base.includes(key)),
  )
  const [leading, following] = iMoved ? [mine, theirs] : [theirs, mine]
  const order = [...leading]
  for (const [index, key] of following.entries()) {
    if (order.includes(key)) continue
    const before = index === 0 ? -1 : order.indexOf(following[index - 1] ?? '')
    order.splice(before + 1, 0, key)
  }
  return [...order, ...base.filter((key) => !order.includes(key))]
}

function byKey(kind: string, lists: Lists): Map<string, Entry> {
  return new Map(listOf(lists, kind).map((entry) => [keyOf(kind, entry), entry]))
}
