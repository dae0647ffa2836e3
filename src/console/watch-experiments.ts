import type { Logger } from 'pino'
import { resultsOf } from '../experiments/results.ts'
import { Problem } from '../http/problem.ts'
import type { Job } from '../jobs/job.ts'
import type { Rules, SiteRules } from '../paywall/rules.ts'
import type { Author } from '../publishing/author.ts'
import type { Publisher } from '../publishing/publisher.ts'
import { daysBetween } from '../reports/days.ts'
import type { ReportStore } from '../reports/report-store.ts'

/** Who ends an experiment that stops too many readers. */
const guard: Author = { id: 'guardrail', name: 'The guardrail' }

/** So many days of an experiment are looked at. */
export const experimentDays = 90

/**
 * Ends an experiment in one of whose groups surely more readers are stopped than it allows, by publishing the version that
 * rules with that experiment ended. It is no draft of anybody's, so nobody has to approve it.
 */
export function watchExperiments(parts: {
  rules: () => Rules
  reports: ReportStore
  publisher: Publisher
  log: Pick<Logger, 'warn'>
  /** Epoch milliseconds. */
  now: () => number
}): Job {
  const { rules, reports, publisher, log, now } = parts

  async function watch(site: SiteRules): Promise<void> {
    const { experiment } = site
    if (experiment?.mostStopped === undefined) return
    const { groups } = await resultsOf(reports, { experiment, days: lastDays(site, now()) })
    const most = experiment.mostStopped / 100
    const over = groups.find(({ stopped }) => stopped.low > most)
    if (over === undefined) return
    const percent = Math.round(over.stopped.value * 100)
    const why = `${percent} % of the readers of group ${over.group} are stopped; ${experiment.mostStopped} % are allowed.`
    const outcome = await publisher.amend(
      (configuration) => ({
        ...configuration,
        experiments: configuration.experiments.map((each) =>
          each.id === experiment.id && each.site === experiment.site ? { ...each, status: 'ended' } : each,
        ),
      }),
      { by: guard, why },
    )
    const code = outcome instanceof Problem ? outcome.code : null
    log.warn({ experiment: experiment.id, site: experiment.site, why, code }, 'an experiment was ended')
  }

  return {
    name: 'watch-experiments',
    everyMs: 60_000,
    async run() {
      for (const site of rules().sites.values()) await watch(site)
    },
  }
}

export function lastDays(site: SiteRules, now: number): string[] {
  return daysBetween(site.dayAt(now - (experimentDays - 1) * 86_400_000), site.dayAt(now))
}
