import { z } from 'zod'
import type { View, ViewAnswer } from './create-view-sender.ts'

/** The first view of the log that met a reason, and why. */
export type ExplainedView = { reason: string; articleId: string; atMs: number; says: string[] }

type Send = (view: View) => Promise<ViewAnswer>

const explanationSchema = z.looseObject({
  reason: z.string(),
  why: z.looseObject({
    rules: z.array(z.looseObject({ rule: z.string(), answered: z.boolean(), says: z.string() })),
    offers: z.array(z.looseObject({ id: z.string(), chosen: z.boolean(), says: z.string() })),
  }),
})

/**
 * Sends views as `send` does, and keeps the explanation of the first that meets each reason. The service is asked why
 * before a view is counted, for counting changes the answer; `ask` resolves to its text, or null where it refused.
 */
export function explainViews({ send, ask }: { send: Send; ask: (view: View) => Promise<string | null> }) {
  const examples = new Map<string, ExplainedView>()

  async function sendExplained(view: View): Promise<ViewAnswer> {
    const text = await ask(view)
    const answer = await send(view)
    const explained = text === null ? null : explanationSchema.parse(JSON.parse(text))
    // Another of the reader's views cannot come between the two: a reader's requests are sent one after another.
    if (
      explained !== null &&
      answer.ok &&
      explained.reason === answer.reason &&
      !examples.has(answer.reason)
    ) {
      examples.set(answer.reason, {
        reason: answer.reason,
        articleId: view.articleId,
        atMs: view.atMs,
        says: sentences(explained),
      })
    }
    return answer
  }

  return { send: sendExplained, examples: () => [...examples.values()] }
}

function sentences({ why }: z.infer<typeof explanationSchema>): string[] {
  return [
    ...why.rules.map(({ rule, answered, says }) => `${answered ? '→' : ' '} ${rule}: ${says}`),
    ...why.offers.map(({ id, chosen, says }) => `${chosen ? '→' : ' '} offer ${id}: ${says}`),
  ]
}

/** The examples as a terminal shows them; nothing without any. */
export function whyText(examples: readonly ExplainedView[]): string {
  if (examples.length === 0) return ''
  const parts = examples.map(
    ({ reason, articleId, atMs, says }) =>
      `${reason}, first for ${articleId} at ${new Date(atMs).toISOString()}\n${says.map((line) => `  ${line}`).join('\n')}`,
  )
  return `Why\n\n${parts.join('\n\n')}\n\n`
}
