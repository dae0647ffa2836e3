/** The middle value, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? at(sorted, middle) : (at(sorted, middle - 1) + at(sorted, middle)) / 2
}

export type Spread = { median: number; least: number; most: number }

export function spread(values: readonly number[]): Spread {
  return { median: median(values), least: Math.min(...values), most: Math.max(...values) }
}

/** The value that `percent` of the values do not exceed (nearest rank). `sorted` ascends. */
export function percentile(sorted: ArrayLike<number>, percent: number): number {
  return at(sorted, Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1))
}

/** The same order, begun `by` places further on, so that nobody is always first. */
export function rotated<T>(values: readonly T[], by: number): T[] {
  const from = by % Math.max(1, values.length)
  return [...values.slice(from), ...values.slice(0, from)]
}

/** The probability that two of `count` evenly spread fingerprints of `bits` bits are equal: 1 − ∏(1 − i / 2^bits). */
export function collisionProbability(count: number, bits: number): number {
  let logOfNone = 0
  for (let taken = 1; taken < count; taken += 1) logOfNone += Math.log1p(-taken / 2 ** bits)
  return 0 - Math.expm1(logOfNone)
}

function at(values: ArrayLike<number>, index: number): number {
  const value = values[index]
  if (value === undefined) throw new Error('There is no middle of nothing.')
  return value
}
