import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { MeterState } from '../metering/meter-question.ts'
import type { Decision } from './decision.ts'
import type { PlannedOffer, SiteRules } from './rules.ts'

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
    meter: meterAnswerSchema.nullable(),
    wall: z.object({ kind: z.enum(['subscription', 'registration']), dismissible: z.boolean() }).nullable(),
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
  const { granted, reason, meter, wall } = decision
  return {
    granted,
    reason,
    meter: meter === null ? null : meterAnswer(meter, rules),
    wall: wall === null ? null : { kind: wall.kind, dismissible: wall.dismissible },
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
