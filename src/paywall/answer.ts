import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { MeterState } from '../metering/meter-question.ts'
import type { Decision } from './decision.ts'
import type { PlannedOffer, SiteRules } from './rules.ts'
import { wallSchema } from './wall.ts'
import { meterWords, meterWordsSchema, nudgeWords, wallWords, wallWordsSchema } from './wall-words.ts'

const instantSchema = z.iso.datetime({ offset: true })

/** An offer as the reader sees it: every word about price and time is generated. */
export const shownOfferSchema = z
  .object({
    id: z.string(),
    language: z.string().describe('Of the words, BCP 47; their direction follows from it'),
    headline: z.string(),
    price: z.string(),
    button: z.string(),
    notes: z.array(z.string()),
    terms: z.string().describe('To be shown in full beside the consent'),
    termsHash: z.string().describe('SHA-256 of the terms, hexadecimal; the checkout asks for it'),
    payments: z
      .array(z.object({ label: z.string(), text: z.string() }))
      .describe('What is paid today, what next, and the regular price with its first day'),
    endsAt: instantSchema.nullable().describe('The instant from which it can no longer be bought'),
  })
  .describe('An offer')

export const meterAnswerSchema = z
  .object({
    id: z.string(),
    window: z.enum(['day', 'week', 'month', 'rolling']),
    used: z.int(),
    limit: z.int(),
    left: z.int(),
    resetsAt: instantSchema.describe('When a reader without free articles regains one'),
  })
  .describe('Where a reader stands with a meter')

/** The answer to `POST /v1/access` and `POST /v1/views`. */
export const answerSchema = z
  .object({
    granted: z.boolean(),
    reason: z.enum([
      'metered',
      'reread',
      'free',
      'subscriber',
      'grace',
      'gift',
      'network',
      'referrer',
      'crawler',
      'staff',
      'store_unavailable',
      'meter_stop',
      'registration_required',
      'subscription_required',
    ]),
    meter: meterAnswerSchema
      .extend({
        words: meterWordsSchema
          .nullable()
          .describe('In the reader’s language; null where it was not the meter that opened the article'),
      })
      .nullable(),
    wall: z
      .object({
        kind: wallSchema.shape.kind,
        layout: wallSchema.shape.layout.unwrap(),
        dismissible: z.boolean(),
        words: wallWordsSchema,
      })
      .nullable(),
    nudge: z
      .object({ words: wallWordsSchema })
      .nullable()
      .describe('There where the offer is shown on an article that stays open'),
    offer: shownOfferSchema.nullable(),
    grant: z
      .string()
      .nullable()
      .describe(
        'A short-lived ES256 JWT that opens the article’s text, where the site withholds it: of POST /v1/views only',
      ),
    decision: z.string().describe('Names this decision in the log, at the level debug'),
    configVersion: z.int().describe('The version of the configuration it was made under'),
  })
  .describe('A decision')

export type Answer = z.infer<typeof answerSchema>
export type ShownOffer = z.infer<typeof shownOfferSchema>

/** What the front end is told of a decision about the instant `now`, epoch milliseconds, in a language of the site. */
export function answerOf(
  { decision, offer }: { decision: Decision; offer: PlannedOffer | null },
  { site: rules, now, language }: { site: SiteRules; now: number; language: string },
): Answer {
  const { granted, reason, wall } = decision
  const meter = decision.meter === null ? null : meterAnswer(decision.meter, rules)
  const isMetered = reason === 'metered' || reason === 'reread'
  return {
    granted,
    reason,
    meter: meter && {
      ...meter,
      words: isMetered ? meterWords(language, meter, reason === 'metered') : null,
    },
    wall: wall && {
      kind: wall.kind,
      layout: wall.layout,
      dismissible: wall.dismissible,
      words: wallWords({ language, reason, meter, offered: offer !== null }),
    },
    nudge: granted && offer !== null ? { words: nudgeWords(language, meter) } : null,
    offer: offer === null ? null : offer.shownAt(now, language),
    grant: null,
    decision: decisionId(),
    configVersion: rules.version,
  }
}

export function meterAnswer(
  meter: MeterState,
  { writeInstant }: SiteRules,
): z.infer<typeof meterAnswerSchema> {
  const { id, window, used, limit, left, resetsAtMs } = meter
  return { id, window, used, limit, left, resetsAt: writeInstant(resetsAtMs) }
}

const idBytes = 12
const pooledIds = 1024
let pool = Buffer.alloc(0)

/** Random bytes are asked for a thousand ids at a time: asking costs more than all the rest of the answer. */
function decisionId(): string {
  if (pool.length === 0) pool = randomBytes(idBytes * pooledIds)
  const id = pool.toString('base64url', 0, idBytes)
  pool = pool.subarray(idBytes)
  return `d_${id}`
}
