const units: [unit: Intl.RelativeTimeFormatUnit, ms: number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
]
/** Before that an end is a date, which the offer's own notes name. */
const longestMs = 14 * 86_400_000

/**
 * "in 10 days", "in 47 hours", "in 90 seconds": in the largest unit of which there are two, never more than is left.
 * Null while the end is too far off to be counted down.
 */
export function countdown(leftMs: number, language: string): string | null {
  if (leftMs > longestMs) return null
  const [unit, ms] = units.find(([, ms]) => leftMs >= 2 * ms) ?? ['second', 1000]
  return new Intl.RelativeTimeFormat(language).format(Math.max(0, Math.floor(leftMs / ms)), unit)
}
