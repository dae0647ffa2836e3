import { articleSchema } from '../../src/paywall/article.ts'
import { type Decision, decide } from '../../src/paywall/decision.ts'
import { planOf } from '../../src/paywall/question.ts'
import { prepareRules, type SiteRules } from '../../src/paywall/rules.ts'
import { checkConfiguration } from '../../src/publishing/check-configuration.ts'
import type { Stores } from '../../src/stores/stores.ts'

/** The rules of one site, with what a test is not about filled in: one month meter, a subscription wall, no offers. */
export function roomRules(lists: {
  site?: Record<string, unknown>
  meter?: Record<string, unknown>
  meters?: unknown[]
  [list: string]: unknown
}): SiteRules {
  const { site, meter, ...rest } = lists
  const checked = checkConfiguration(
    {
      sites: [{ id: 'demo', name: 'The Harbor Lantern', timeZone: 'America/New_York', ...site }],
      meters: [{ id: 'default', window: 'month', limit: limitOf(3), ...meter }],
      walls: [{ kind: 'subscription' }],
      plans: [],
      offers: [],
      ...rest,
    },
    { firstStartedAt: 0 },
  )
  if ('problems' in checked) throw new Error(JSON.stringify(checked.problems))
  const { onlySite } = prepareRules({
    configuration: checked.configuration,
    version: 1,
    serviceUrl: new URL('http://localhost:3000'),
    crawlers: () => false,
  })
  if (onlySite === null) throw new Error('one site')
  return onlySite
}

export function limitOf(anonymous: number, registered = anonymous) {
  return { anonymous, registered }
}

export type Reading = { section?: string; tags?: string[]; class?: string; registered?: boolean }

/** One reader who opens articles: what the hot route does, without HTTP. */
export function readingRoom(stores: Stores, reader: string) {
  function read({ count }: { count: boolean }) {
    return async (id: string, at: string, rules: SiteRules, reading: Reading = {}): Promise<Decision> => {
      const { registered = false, ...article } = reading
      const question = {
        article: articleSchema.parse({ id, ...article }),
        registered,
        lateAt: null,
        rules,
        now: Date.parse(at),
        exemption: null,
        allowance: null,
      }
      const plan = planOf(question)
      const facts =
        plan.commit !== null && count
          ? await stores.meter.recordView(reader, plan.commit)
          : await stores.meter.readerFacts(reader)
      return decide(question, plan, facts)
    }
  }
  return { open: read({ count: true }), ask: read({ count: false }) }
}
