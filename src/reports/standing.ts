import { z } from 'zod'
import type { SiteRules } from '../paywall/rules.ts'
import { daysBetween } from './days.ts'
import type { ReportStore } from './report-store.ts'

export const standingSchema = z
  .object({
    meter: z.string(),
    window: z.enum(['day', 'week', 'month', 'rolling']),
    from: z.iso.date().describe('The first day that is counted'),
    limit: z.object({ anonymous: z.int(), registered: z.int() }),
    readers: z
      .array(z.object({ used: z.int(), readers: z.int() }))
      .describe(
        'How many readers stand at so many views now; of a rolling window, how many have come that far',
      ),
  })
  .describe('Where readers stand with a meter')

export type MeterStanding = z.infer<typeof standingSchema>

/**
 * Where the readers of a site stand in the window that holds `now` (epoch ms). Who has read three has also read two, so
 * those at two are the ones who have reached it less the ones who have reached three.
 */
export async function standings(
  store: ReportStore,
  { rules, now }: { rules: SiteRules; now: number },
): Promise<MeterStanding[]> {
  return Promise.all(
    rules.meters.map(async (meter) => {
      const { fromSeconds, untilSeconds } = meter.windowAt(now)
      const from = rules.dayAt(fromSeconds * 1000)
      const window = meter.window === 'rolling' ? 'rolling' : rules.writeInstant(untilSeconds * 1000)
      const days = daysBetween(from, rules.dayAt(now))
      const reached = (await store.reached(rules.site.id, days)).filter(
        (one) => one.meter === meter.id && one.window === window,
      )
      const readersAt = new Map(reached.map(({ used, readers }) => [used, readers]))
      const most = Math.max(0, ...readersAt.keys())
      const at = (used: number) => readersAt.get(used) ?? 0
      return {
        meter: meter.id,
        window: meter.window,
        from,
        limit: meter.limit,
        readers: Array.from({ length: most }, (_, index) => {
          const used = index + 1
          return {
            used,
            readers: meter.window === 'rolling' ? at(used) : Math.max(0, at(used) - at(used + 1)),
          }
        }),
      }
    }),
  )
}
