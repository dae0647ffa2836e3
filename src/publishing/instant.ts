import { z } from 'zod'

const sinceFirstStart = /^first start \+ ([1-9]\d{0,2}) days?$/
const dayMs = 24 * 60 * 60 * 1000

/** An instant as people write it: ISO 8601 with an offset, or days of 24 hours after the service's first start. */
export const instantSchema = z.union(
  [
    z.iso.datetime({ offset: true }),
    z
      .string()
      .regex(sinceFirstStart)
      .refine((text) => daysSinceFirstStart(text) <= 365),
  ],
  'an instant such as 2026-12-02T00:00:00-05:00, or first start + N days with N from 1 to 365',
)

/** The same instant in ISO 8601, UTC. `firstStartedAt` is in epoch ms. */
export function resolveInstant(text: string, { firstStartedAt }: { firstStartedAt: number }): string {
  const relative = sinceFirstStart.test(text)
  const instant = relative ? firstStartedAt + daysSinceFirstStart(text) * dayMs : Date.parse(text)
  return new Date(instant).toISOString()
}

function daysSinceFirstStart(text: string): number {
  return Number(sinceFirstStart.exec(text)?.[1])
}
