import { z } from 'zod'
import type { CrawlerCheck } from '../exemptions/crawlers.ts'
import { Problem, wrongField } from '../http/problem.ts'
import type { ReaderFacts, RecordedView } from '../metering/meter-store.ts'
import { type Commit, judge, type View } from '../metering/views.ts'
import { countrySchema } from '../offers/country.ts'
import { deviceSchema } from '../offers/device.ts'
import { isLanguage } from '../offers/languages.ts'
import { campaignSchema, referrerSchema } from '../paywall/access-request.ts'
import { type Answer, answerOf } from '../paywall/answer.ts'
import { articleSchema } from '../paywall/article.ts'
import { decide } from '../paywall/decision.ts'
import { type Explanation, explain } from '../paywall/explanation.ts'
import { proposalFor } from '../paywall/propose-offer.ts'
import { type Plan, planOf } from '../paywall/question.ts'
import { prepareRules } from '../paywall/rules.ts'
import type { Configuration } from '../publishing/configuration.ts'

/** Who opens which article when: any reader at any time, in any language. */
export const situationSchema = z.strictObject({
  site: z.string().optional().describe('May be left out where there is one'),
  at: z.iso.datetime({ offset: true }).optional().describe('The instant of the visit; now if left out'),
  language: z
    .string()
    .refine(isLanguage, 'a BCP 47 language tag')
    .optional()
    .describe('Of the words; the site’s if left out'),
  article: articleSchema
    .omit({ id: true, url: true })
    .default({ class: 'metered' })
    .describe('The article that is opened'),
  reader: z
    .strictObject({
      registered: z.boolean().default(false),
      read: z
        .int()
        .min(0)
        .max(1000)
        .default(0)
        .describe('How many other articles the meter has counted before, in this window'),
      isReturning: z.boolean().default(false).describe('Whether they have read here on an earlier day'),
      hasSubscribedBefore: z.boolean().default(false).describe('Whether they have ever had a subscription'),
      hasReadThis: z.boolean().default(false).describe('Whether this very article is among them'),
      hasUsedAllowance: z
        .boolean()
        .default(false)
        .describe('Whether nothing is left of the allowance that the referrer or campaign gives'),
      subscription: z
        .enum(['none', 'active', 'cancelled', 'past_due'])
        .default('none')
        .describe(
          'cancelled: has cancelled and may read to the end of what is paid; past_due: owes a payment',
        ),
    })
    .prefault({})
    .describe('A new reader if left out'),
  visit: z
    .strictObject({
      country: countrySchema.nullable().default(null),
      device: deviceSchema.nullable().default(null),
      referrer: referrerSchema.nullable().default(null),
      campaign: campaignSchema.nullable().default(null),
    })
    .prefault({})
    .describe('What offers and exemptions may ask of the visit; nothing is known of it if left out'),
})

export type Situation = z.output<typeof situationSchema>

/** What the reader would meet, by the very functions that decide; nobody is counted. `now` is in epoch milliseconds. */
export function preview(
  situation: Situation,
  parts: {
    configuration: Configuration
    version: number
    serviceUrl: URL
    crawlers: CrawlerCheck
    now: number
  },
): { answer: Answer; why: Explanation } | Problem {
  const { article, reader, visit, language } = situation
  const { sites, onlySite } = prepareRules(parts)
  const rules = situation.site === undefined ? onlySite : sites.get(situation.site)
  if (!rules) {
    return situation.site === undefined
      ? wrongField('site', 'one of several sites to be named')
      : new Problem('unknown_site', `There is no site ${JSON.stringify(situation.site)}.`)
  }
  const at = situation.at === undefined ? parts.now : Date.parse(situation.at)
  const question = {
    article: { id: 'preview', ...article },
    registered: reader.registered,
    rules,
    now: Math.floor(at / 1000) * 1000,
    lateAt: null,
    exemption: null,
    allowance: article.class === 'free' ? null : rules.exemptions.allowanceFor({ ...visit, ...unexempt }),
  }
  const plan = planOf(question)
  const facts = factsOf(reader, { plan, now: question.now })
  const decision = decide(question, plan, facts)
  const taken = { question, plan, facts, decision }
  const proposal = proposalFor(taken, {
    visit,
    bought: reader.hasSubscribedBefore ? ['an earlier offer'] : [],
    isSoldOut: () => false,
  })
  const offer = decision.proposes ? proposal.offer : null
  const shown = { site: rules, now: question.now, language: rules.languageFor(language) }
  return { answer: answerOf({ decision, offer }, shown), why: explain(taken, proposal) }
}

/** Of those who are not counted at all nothing is to be seen in a preview. */
const unexempt = { address: null, userAgent: null, staff: false }

/** What the store would know of such a reader after the visit. */
function factsOf(
  reader: Situation['reader'],
  { plan, now }: { plan: Plan; now: number },
): ReaderFacts | RecordedView {
  const atSeconds = Math.floor(now / 1000)
  const { commit } = plan
  const access = accessOf(reader.subscription, now)
  const earlier: View[] = reader.isReturning ? [{ ...otherArticle, atSeconds: atSeconds - 86_400 }] : []
  if (commit === null) return { views: earlier, access }
  const views = [...earlier, ...countedViews(reader, plan, commit)]
  if (access !== null) return { views, access, judgement: { outcome: 'subscribed' } }
  const judgement = judge(views, commit)
  if (judgement.outcome !== 'counted') return { views, access, judgement }
  const meter = commit.meters[judgement.meter]?.meter ?? noMeter
  return { views: [...views, { article: commit.article, meter, atSeconds }], access, judgement }
}

/** What the article's own meter and the allowance before it have counted. */
function countedViews(
  { read, hasReadThis, hasUsedAllowance }: Situation['reader'],
  plan: Plan,
  commit: Commit,
) {
  const { article, atSeconds, meters } = commit
  const own = plan.meter === null ? [] : meters.slice(-1)
  const allowances = hasUsedAllowance ? meters.slice(0, meters.length - own.length) : []
  const isAmongThem = hasReadThis && read > 0
  return [
    ...own.flatMap(({ meter }) => [
      ...(isAmongThem ? [{ article, meter, atSeconds }] : []),
      ...otherViews(isAmongThem ? read - 1 : read, meter, atSeconds),
    ]),
    ...allowances.flatMap(({ meter, limit }) => otherViews(limit, meter, atSeconds)),
  ]
}

function otherViews(count: number, meter: number, atSeconds: number): View[] {
  return Array.from({ length: count }, (_, index) => ({ article: index + 1, meter, atSeconds }))
}

/** So that it is counted in no window. */
const noMeter = -1
const otherArticle = { article: 2 ** 32 - 1, meter: noMeter }

const monthMs = 30 * 86_400_000

function accessOf(subscription: Situation['reader']['subscription'], now: number): ReaderFacts['access'] {
  if (subscription === 'none') return null
  return { standing: subscription === 'past_due' ? 'grace' : 'subscriber', untilMs: now + monthMs }
}
