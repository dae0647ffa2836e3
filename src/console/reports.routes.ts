import { z } from 'zod'
import { Problem, wrongField } from '../http/problem.ts'
import type { Route } from '../http/route.ts'
import type { Rules, SiteRules } from '../paywall/rules.ts'
import { daysBetween } from '../reports/days.ts'
import { dimensionSchema } from '../reports/measures.ts'
import { reportOf, reportSchema } from '../reports/report.ts'
import type { ReportStore } from '../reports/report-store.ts'
import { standingSchema, standings } from '../reports/standing.ts'
import type { IdentifyActor } from './actor.ts'
import { consoleRoute, noBody } from './console-route.ts'

export type ReportRoutesParts = {
  identify: IdentifyActor
  reports: ReportStore
  rules: () => Rules
  /** Epoch milliseconds. */
  now: () => number
}

const mostDays = 400
const siteSchema = z.string().optional().describe('May be left out where there is one')
const daySchema = z.iso.date('a day such as 2026-11-24')

const querySchema = z.strictObject({
  site: siteSchema,
  from: daySchema.optional().describe('The first day of the site’s calendar; today if left out'),
  to: daySchema.optional().describe('The last day, included; today if left out'),
  by: dimensionSchema.default('all').describe('What to split the numbers by'),
})

/** What happened, and where readers stand. */
export function reportRoutes({ identify, reports, rules, now }: ReportRoutesParts): Route[] {
  return [
    consoleRoute(identify, {
      method: 'get',
      path: '/v1/console/reports',
      summary: 'What happened on a site in a period',
      description: `Numbers are at most a few seconds old. Distinct readers are estimated to within about 1 %. At most ${mostDays} days.`,
      role: 'viewer',
      body: noBody,
      query: querySchema,
      answer: { description: 'Readers, views, stops, offers and sales', body: reportSchema },
      problems: ['unknown_site'],
      async handle({ query }) {
        const site = siteOf(rules(), query.site)
        if (site instanceof Problem) return site
        const today = site.dayAt(now())
        const { from = today, to = today, by } = query
        if (from > to) return wrongField('to', `a day from ${from} on`)
        const days = daysBetween(from, to)
        if (days.length > mostDays) return wrongField('from', `at most ${mostDays} days before ${to}`)
        return reportOf(reports, { site: site.site.id, days, by })
      },
    }),
    consoleRoute(identify, {
      method: 'get',
      path: '/v1/console/reports/standings',
      summary: 'How many readers stand at 1, 2, 3 … of their free articles',
      role: 'viewer',
      body: noBody,
      query: z.strictObject({ site: siteSchema }),
      answer: { description: 'Each meter of the site', body: z.object({ meters: z.array(standingSchema) }) },
      problems: ['unknown_site'],
      async handle({ query }) {
        const site = siteOf(rules(), query.site)
        if (site instanceof Problem) return site
        return { meters: await standings(reports, { rules: site, now: now() }) }
      },
    }),
  ]
}

function siteOf({ sites, onlySite }: Rules, asked: string | undefined): SiteRules | Problem {
  const site = asked === undefined ? onlySite : sites.get(asked)
  if (site) return site
  return asked === undefined
    ? wrongField('site', 'one of several sites to be named')
    : new Problem('unknown_site', `There is no site ${JSON.stringify(asked)}.`)
}
