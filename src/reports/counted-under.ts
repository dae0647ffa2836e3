import { LRUCache } from 'lru-cache'
import { type Dimension, dimensions, type Traits } from './measures.ts'

/** A value of a dimension under which something is counted. */
export type Place = { dimension: Dimension; value: string }

/** Where something with these traits is counted on a day of a site. What is not known is counted in no row of its dimension. */
export type CountedUnder = (at: { site: string; day: string }, traits: Traits) => Place[]

/** What pages say of themselves is not ours to bound otherwise: a day's further values are counted as one. */
const mostValues = 200
const otherValues = 'other'

/** So many days of sites are remembered; after more than these, an older one has room for as many values again. */
const mostDays = 100

/** Remembers the values of each day, for decisions and sales together, so that their rows are the same. */
export function createCountedUnder(): CountedUnder {
  const days = new LRUCache<string, Map<Dimension, Set<string>>>({ max: mostDays })
  return ({ site, day }, traits) => {
    const name = `${day} ${site}`
    const known = days.get(name) ?? new Map(dimensions.map((each) => [each, new Set<string>()]))
    days.set(name, known)
    return dimensions.flatMap((dimension) => {
      const value = dimension === 'all' ? '' : traits[dimension]
      return value === null ? [] : [{ dimension, value: bounded(known.get(dimension), value) }]
    })
  }
}

function bounded(known: Set<string> | undefined, said: string): string {
  const value = said.toWellFormed()
  if (known === undefined || known.has(value)) return value
  if (known.size >= mostValues) return otherValues
  known.add(value)
  return value
}
