import { articleSchema } from '../../src/paywall/article.ts'
import { type Decision, decide, meterQuestion } from '../../src/paywall/decision.ts'
import { prepareRules, type SiteRules } from '../../src/paywall/rules.ts'
import { checkConfiguration } from '../../src/publishing/check-configuration.ts'
import type { Stores } from '../../src/stores/stores.ts'

export type RoomRules = { timeZone?: string; limit?: number; registeredLimit?: number }

/** The rules of a one-site configuration with one month meter. */
export function roomRules({
  timeZone = 'America/New_York',
  limit = 3,
  registeredLimit = limit,
}: RoomRules): SiteRules {
  const checked = checkConfiguration(
    {
      sites: [{ id: 'demo', name: 'The Harbor Lantern', timeZone }],
      meters: [{ id: 'default', window: 'month', limit: { anonymous: limit, registered: registeredLimit } }],
      walls: [{ kind: 'subscription' }],
      plans: [],
      offers: [],
    },
    { firstStartedAt: 0 },
  )
  if ('problems' in checked) throw new Error(JSON.stringify(checked.problems))
  const { onlySite } = prepareRules({
    configuration: checked.configuration,
    version: 1,
    serviceUrl: new URL('http://localhost:3000'),
  })
  if (onlySite === null) throw new Error('one site')
  return onlySite
}

/** One reader who opens articles: what the hot route does, without HTTP. */
export function readingRoom(stores: Stores, reader: string) {
  async function read(
    article: string,
    at: string,
    rules: SiteRules,
    { count = true } = {},
  ): Promise<Decision> {
    const question = {
      article: articleSchema.parse({ id: article }),
      registered: false,
      rules,
      now: Date.parse(at),
    }
    const asked = meterQuestion(question)
    const facts =
      asked !== null && count
        ? await stores.meter.recordView(reader, asked.view)
        : await stores.meter.readerFacts(reader)
    return decide(question, asked, facts)
  }
  return {
    open: read,
    ask: (article: string, at: string, rules: SiteRules) => read(article, at, rules, { count: false }),
  }
}
