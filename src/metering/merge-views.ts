import { inWindow, type MeterBounds, type View } from './views.ts'

/** The union of two readers' facts (spec rule 9). Merging the same facts again changes nothing. */
export function mergeViews(
  into: readonly View[],
  from: readonly View[],
  meters: readonly MeterBounds[],
): View[] {
  const merged = into.map((view) => ({ ...view }))
  for (const view of from) {
    const bounds = meters.find((bounds) => bounds.meter === view.meter && inWindow(view, bounds))
    const known = merged.find((seen) => isSame(seen, view, bounds))
    if (known === undefined) merged.push({ ...view })
    else known.atSeconds = Math.min(known.atSeconds, view.atSeconds)
  }
  return merged
}

/** The same reading: of one article under one meter, in one window or else at the very same time. */
function isSame(seen: View, view: View, bounds: MeterBounds | undefined): boolean {
  if (seen.article !== view.article || seen.meter !== view.meter) return false
  return bounds === undefined || view.article === 0
    ? seen.atSeconds === view.atSeconds
    : inWindow(seen, bounds)
}
