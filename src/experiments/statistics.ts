/** A share with what it surely lies between. */
export type Estimate = { value: number; low: number; high: number }

/**
 * How far a mean of `count` values with the standard deviation `deviation` may be from the truth, at a confidence of 95 %
 * that holds however often and whenever one looks: a confidence sequence (Robbins' normal mixture, as an asymptotic one
 * in Waudby-Smith et al. 2021), tuned to be narrowest at `tunedTo` values. An ordinary interval would be too sure of
 * itself for whoever looks every day and stops when they like what they see.
 */
export function alwaysValidWidth(options: { count: number; deviation: number; tunedTo: number }): number {
  const { count, deviation, tunedTo } = options
  if (count === 0) return Number.POSITIVE_INFINITY
  const rho2 = (-2 * Math.log(alpha) + Math.log(-2 * Math.log(alpha)) + 1) / tunedTo
  const grown = count * rho2 + 1
  return deviation * Math.sqrt(((2 * grown) / (count ** 2 * rho2)) * Math.log(Math.sqrt(grown) / alpha))
}

const alpha = 0.05

/** The share of `all` who did something. */
export function shareOf(options: { some: number; all: number; tunedTo: number }): Estimate {
  const { all, tunedTo } = options
  const some = Math.min(options.some, all)
  const width = alwaysValidWidth({ count: all, deviation: Math.sqrt(variance(some, all)), tunedTo })
  const value = all === 0 ? 0 : some / all
  return { value, low: Math.max(0, value - width), high: Math.min(1, value + width) }
}

type Shared = { some: number; all: number }

/** How much more the one share is than the other, as a difference. */
export function differenceOf(one: Shared, other: Shared, { tunedTo }: { tunedTo: number }): Estimate {
  const value = ratio(one) - ratio(other)
  const smaller = Math.min(one.all, other.all)
  if (smaller === 0) return { value, low: -1, high: 1 }
  // Counted as pairs of the smaller group: the variances of both means, brought to its size.
  const together =
    smaller * (variance(one.some, one.all) / one.all + variance(other.some, other.all) / other.all)
  const width = alwaysValidWidth({ count: smaller, deviation: Math.sqrt(together), tunedTo })
  return { value, low: Math.max(-1, value - width), high: Math.min(1, value + width) }
}

function ratio({ some, all }: Shared): number {
  return all === 0 ? 0 : Math.min(1, some / all)
}

/** Half a person more on either side, so that none of a few is not taken for certainly none of many. */
function variance(some: number, all: number): number {
  const share = (Math.min(some, all) + 0.5) / (all + 1)
  return share * (1 - share)
}
