import { z } from 'zod'

/** Why a reader is written to. docs/notices.md says when each is sent. */
export const noticeKindSchema = z.enum([
  'welcome',
  'intro_ends',
  'yearly',
  'canceled',
  'payment_failed',
  'refunded',
  'withdrawn',
  'gift',
])
export type NoticeKind = z.infer<typeof noticeKindSchema>
/** Those about a subscription that the payment service bills. */
export const subscriptionNoticeKindSchema = noticeKindSchema.exclude(['gift'])
export type SubscriptionNoticeKind = z.infer<typeof subscriptionNoticeKindSchema>

/**
 * One occasion to write to a reader. What is written comes from how things stand when it is sent. Epoch milliseconds.
 */
export const noticeSchema = z.object({
  id: z.string().describe('The same occasion has the same id, and is written about once'),
  kind: noticeKindSchema,
  subscription: z
    .string()
    .describe(
      'What it is about, or the gift. It stays the same when its reader signs in and becomes another',
    ),
  attempt: z.string().describe('What the reader agreed to, in which words and language'),
  dueMs: z.int(),
})
export type Notice = z.infer<typeof noticeSchema>

/** What became of a notice. `dropped`: the occasion had passed. `given_up`: nobody took the mail, however often it was tried. */
export const noticeOutcomeSchema = z.object({
  outcome: z.enum(['sent', 'dropped', 'given_up']),
  atMs: z.int(),
  tries: z.int().describe('How often it could not be sent before'),
})
export type NoticeOutcome = z.infer<typeof noticeOutcomeSchema>

/** A line of the log. `ended` is null while it waits, or is tried again. */
export type LoggedNotice = Notice & { tries: number; ended: NoticeOutcome | null }
