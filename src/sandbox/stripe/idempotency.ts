import { keyUsedBefore } from './errors.ts'
import type { Sandbox } from './sandbox.ts'

export type Answer = { status: number; body: string }

const keptMs = 24 * 3600 * 1000

/** What a request under this key was answered before, or Stripe's refusal if that request was another. */
export function keptAnswer(sandbox: Sandbox, key: string, request: string): Answer | undefined {
  const kept = sandbox.documents.find('kept_answer', key)
  if (kept && kept.request !== request) throw keyUsedBefore(key)
  return kept
}

export function keepAnswer(sandbox: Sandbox, key: string, request: string, { status, body }: Answer): void {
  const forgetAt = sandbox.clock.now() + keptMs
  sandbox.documents.save('kept_answer', { id: key, request, status, body, forgetAt })
}
