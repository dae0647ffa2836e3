import { z } from 'zod'
import { groupsOf } from '../experiments/experiment.ts'
import { resultsOf, resultsSchema } from '../experiments/results.ts'
import { Problem } from '../http/problem.ts'
import type { Route } from '../http/route.ts'
import type { Rules } from '../paywall/rules.ts'
import { readVersion } from '../publishing/first-version.ts'
import type { VersionStore } from '../publishing/version-store.ts'
import type { ReportStore } from '../reports/report-store.ts'
import type { IdentifyActor } from './actor.ts'
import { consoleRoute, noBody, noQuery } from './console-route.ts'
import { experimentDays, lastDays } from './watch-experiments.ts'

export type ExperimentRoutesParts = {
  identify: IdentifyActor
  reports: ReportStore
  versions: VersionStore
  rules: () => Rules
  /** Epoch milliseconds. */
  now: () => number
}

const listedSchema = z.object({
  id: z.string(),
  site: z.string(),
  hypothesis: z.string(),
  status: z.enum(['running', 'ended']),
  readersWanted: z.int(),
  mostStopped: z.int().nullable(),
  groups: z.array(z.object({ id: z.string(), share: z.int() })),
})

/** Experiments are entries of a draft like any other; here is what they have shown. */
export function experimentRoutes(parts: ExperimentRoutesParts): Route[] {
  const { identify, reports, rules, now } = parts

  async function experiments() {
    const latest = await parts.versions.version(await parts.versions.latestNumber())
    return latest === null ? [] : readVersion(latest).configuration.experiments
  }

  return [
    consoleRoute(identify, {
      method: 'get',
      path: '/v1/console/experiments',
      summary: 'The experiments of the version that rules',
      role: 'viewer',
      body: noBody,
      query: noQuery,
      answer: {
        description: 'Running and ended ones',
        body: z.object({ experiments: z.array(listedSchema) }),
      },
      async handle() {
        return {
          experiments: (await experiments()).map((experiment) => ({
            id: experiment.id,
            site: experiment.site,
            hypothesis: experiment.hypothesis,
            status: experiment.status,
            readersWanted: experiment.readersWanted,
            mostStopped: experiment.mostStopped ?? null,
            groups: groupsOf(experiment),
          })),
        }
      },
    }),
    consoleRoute(identify, {
      method: 'get',
      path: '/v1/console/experiments/:site/:experiment',
      summary: 'What an experiment has shown so far',
      description: `Of the last ${experimentDays} days. Intervals hold at 95 % however often and whenever one looks.`,
      role: 'viewer',
      body: noBody,
      query: noQuery,
      answer: { description: 'Its groups side by side', body: resultsSchema },
      problems: ['not_found'],
      async handle({ param }) {
        const site = rules().sites.get(param('site'))
        const experiment = (await experiments()).find(
          ({ id, site: its }) => id === param('experiment') && its === param('site'),
        )
        if (site === undefined || experiment === undefined) {
          return new Problem('not_found', 'There is no such experiment.')
        }
        return resultsOf(reports, { experiment, days: lastDays(site, now()) })
      },
    }),
  ]
}
