import type { ServerResponse } from 'node:http'
import { setImmediate as turn } from 'node:timers/promises'
import { parse } from 'qs'
import { z } from 'zod'
import type { CrawlerCheck } from '../exemptions/crawlers.ts'
import { Problem, sendProblem, wrongField } from '../http/problem.ts'
import type { Route, RoutedRequest } from '../http/route.ts'
import type { Rules, SiteRules } from '../paywall/rules.ts'
import { checkLists } from '../publishing/check-lists.ts'
import { listsFrom } from '../publishing/entries.ts'
import type { VersionStore } from '../publishing/version-store.ts'
import { splitLines } from '../replay/split-lines.ts'
import { daysBetween } from '../reports/days.ts'
import { compare, comparisonSchema } from '../what-if/compare.ts'
import { rulesAsIf } from '../what-if/rules-as-if.ts'
import { keptTrafficDays, type TrafficStore } from '../what-if/traffic-store.ts'
import type { Visit } from '../what-if/visit.ts'
import { TooManyVisits, visitsOfLog } from '../what-if/visits-of-log.ts'
import { type IdentifyActor, refuseRole } from './actor.ts'
import type { Drafts } from './drafts.ts'

export type WhatIfRoutesParts = {
  identify: IdentifyActor
  drafts: Drafts
  versions: VersionStore
  traffic: TrafficStore
  rules: () => Rules
  serviceUrl: URL
  crawlers: CrawlerCheck
  /** Epoch milliseconds. */
  now: () => number
}

const querySchema = z.object({
  draft: z.string('the id of a draft').describe('The draft to be tried'),
  site: z.string().optional().describe('May be left out where there is one'),
  days: z.coerce
    .number()
    .int(`a whole number of days, 1 to ${keptTrafficDays}`)
    .min(1, `1 to ${keptTrafficDays}`)
    .max(keptTrafficDays, `1 to ${keptTrafficDays}`)
    .default(28)
    .describe('Of recorded traffic, today included; a log is taken whole'),
})

const lineSchema = z
  .union([
    z.object({ done: z.number().min(0).max(1) }),
    z.object({ result: comparisonSchema }),
    z.object({ problem: z.string() }),
  ])
  .describe('Lines of JSON: how much is done, again and again, and at last the result or why there is none')

const shared = {
  method: 'post',
  callers: ['person', 'script'],
  query: querySchema,
  answers: {
    200: { description: 'Progress, then the result', body: lineSchema, contentType: 'application/x-ndjson' },
  },
  problems: [
    'invalid_request',
    'unauthorized',
    'sign_in_required',
    'forbidden',
    'origin_not_allowed',
    'not_found',
    'unknown_site',
    'draft_invalid',
    'store_unavailable',
  ],
} as const

/** A draft tried on what readers have really done, before anybody meets it. */
export function whatIfRoutes(parts: WhatIfRoutesParts): Route[] {
  return [
    {
      ...shared,
      path: '/v1/console/what-if',
      summary: 'What would a draft have done with the recorded traffic?',
      description:
        'Nothing is changed and nobody is counted. The readers’ purchases and exemptions are taken as they were.',
      async handle(request, response) {
        const trial = await trialOf(parts, request)
        if (trial instanceof Problem) return sendProblem(response, trial)
        await answer(response, trial, () => recordedVisits(parts.traffic, trial))
      },
    },
    {
      ...shared,
      path: '/v1/console/what-if/log',
      summary: 'What would a draft have done with the traffic of a log?',
      description: 'The body is an access log in the combined format, as text. Nothing of it is kept.',
      async handle(request, response) {
        const trial = await trialOf(parts, request)
        if (trial instanceof Problem) return sendProblem(response, trial)
        await answer(response, trial, async () => ({
          share: 1,
          visits: await visitsOfLog(splitLines(request)),
        }))
      },
    },
  ]
}

type Trial = { before: SiteRules; after: SiteRules; days: readonly string[] }

async function trialOf(parts: WhatIfRoutesParts, request: RoutedRequest): Promise<Trial | Problem> {
  const actor = await parts.identify(request)
  if (actor instanceof Problem) return actor
  const refusal = refuseRole(actor, 'viewer')
  if (refusal !== null) return refusal
  const query = querySchema.safeParse(parse(request.url?.split('?')[1] ?? ''))
  if (!query.success) {
    const [issue] = query.error.issues
    return wrongField(String(issue?.path[0] ?? 'query'), issue?.message ?? 'another value')
  }
  return rulesOf(parts, query.data)
}

async function rulesOf(
  { drafts, versions, rules, serviceUrl, crawlers, now }: WhatIfRoutesParts,
  { draft: id, site: asked, days }: z.output<typeof querySchema>,
): Promise<Trial | Problem> {
  const { sites, onlySite } = rules()
  const site = asked === undefined ? onlySite : sites.get(asked)
  if (!site) {
    return asked === undefined
      ? wrongField('site', 'one of several sites to be named')
      : new Problem('unknown_site', `There is no site ${JSON.stringify(asked)}.`)
  }
  const draft = await drafts.find(id)
  if (draft instanceof Problem) return draft
  const firstStartedAt = await versions.firstStart(now())
  const checked = checkLists(draft.lists, { firstStartedAt })
  if ('problems' in checked) {
    const { problems } = checked
    return new Problem('draft_invalid', 'It does not validate, so it cannot be tried.', {
      more: { problems },
    })
  }
  const latest = await drafts.latest()
  const context = { site: site.site.id, serviceUrl, crawlers, now: now() }
  const current = checkLists(listsFrom(latest.configuration), { firstStartedAt })
  if ('problems' in current) throw new Error('the version that rules does not validate')
  const before = rulesAsIf({ ...context, configuration: current.configuration, version: latest.number })
  const after = rulesAsIf({ ...context, configuration: checked.configuration, version: latest.number })
  if (before === null || after === null) {
    return new Problem('unknown_site', `The draft has no site ${JSON.stringify(site.site.id)}.`)
  }
  const first = site.dayAt(now() - (days - 1) * 86_400_000)
  return { before, after, days: daysBetween(first, site.dayAt(now())) }
}

async function recordedVisits(traffic: TrafficStore, { before, days }: Trial) {
  const site = before.site.id
  const visits: Visit[] = []
  for (const day of days) for await (const some of traffic.visits(site, day)) visits.push(...some)
  return { visits, share: await traffic.share(site, days) }
}

/** Nobody waits for an answer that nobody reads any more. */
class ReaderLeft extends Error {}

async function answer(
  response: ServerResponse,
  { before, after }: Trial,
  learn: () => Promise<{ visits: readonly Visit[]; share: number }>,
): Promise<void> {
  response.writeHead(200, { 'Content-Type': 'application/x-ndjson', 'Cache-Control': 'no-store' })
  const say = (line: z.input<typeof lineSchema>) => response.write(`${JSON.stringify(line)}\n`)
  try {
    const result = await compare({
      ...(await learn()),
      before,
      after,
      async progress(done) {
        if (response.destroyed) throw new ReaderLeft()
        say({ done })
        // Other readers' decisions come in between.
        await turn()
      },
    })
    say({ result })
  } catch (error) {
    if (error instanceof ReaderLeft) return
    if (!(error instanceof TooManyVisits)) throw error
    say({ problem: `This is ${error.message}, which is more than can be tried at once.` })
  }
  response.end()
}
