import { z } from 'zod'
import { answerSchema } from './answer.ts'
import { articleSchema } from './article.ts'

/** A decision that was taken a short while ago, as far as it is needed to ask why. Epoch milliseconds. */
export const recordedDecisionSchema = z.object({
  id: z.string(),
  atMs: z.int(),
  site: z.string(),
  reader: z.string().describe('The key of readerKey()'),
  registered: z.boolean(),
  article: articleSchema,
  counted: z.boolean().describe('Whether the view was to be counted, or only asked about'),
  answer: answerSchema.pick({ granted: true, reason: true, meter: true, wall: true, configVersion: true }),
  offer: z.string().nullable().describe('The id of the offer that was shown'),
})

export type RecordedDecision = z.infer<typeof recordedDecisionSchema>

export const decisionLifeMs = 15 * 60_000

/** Decisions of the last quarter of an hour; which of them are kept, `recordDecisions` says. */
export type DecisionStore = {
  saveDecision(decision: RecordedDecision): Promise<void>
  decision(id: string): Promise<RecordedDecision | null>
}
