import type { SandboxClock } from './clock.ts'
import type { Documents } from './documents.ts'
import { invalid, noSuch } from './errors.ts'
import type { Emit } from './events.ts'
import type { Kind, Kinds } from './stored.ts'

/** What every part of the sandbox works with. */
export type Sandbox = {
  documents: Documents
  clock: SandboxClock
  emit: Emit
  pagesUrl: () => string
  /** What becomes of a subscription whose renewal could not be collected in the last try: a setting of the account. */
  afterLastTry: 'cancel' | 'unpaid'
}

/** Now, in epoch seconds, as Stripe tells time. */
export function seconds(sandbox: Sandbox): number {
  return Math.floor(sandbox.clock.now() / 1000)
}

/** The document, or Stripe's refusal: of the parameter `param`, or of the address when there is none. */
export function mustFind<K extends Kind>(sandbox: Sandbox, kind: K, id: string, param?: string): Kinds[K] {
  const document = sandbox.documents.find(kind, id)
  if (!document) throw noSuch(names[kind] ?? kind, id, param)
  return document
}

const names: Partial<Record<Kind, string>> = { session: 'checkout.session' }

/** Stripe's rule for metadata: what is sent is merged in, an empty value takes its key out, '' takes out all. */
export function mergeMetadata(
  before: Record<string, string>,
  sent: Record<string, string | number | null> | '' | null | undefined,
): Record<string, string> {
  if (sent === undefined) return before
  if (sent === '' || sent === null) return {}
  const merged = { ...before }
  for (const [key, value] of Object.entries(sent)) {
    if (value === '' || value === null) delete merged[key]
    else merged[key] = String(value)
  }
  if (Object.keys(merged).length > 50) throw invalid('Metadata has at most 50 keys.', { param: 'metadata' })
  for (const [key, value] of Object.entries(merged)) {
    atMost(40, key, 'metadata')
    atMost(500, value, `metadata[${key}]`)
  }
  return merged
}

/** Stripe's limits on the length of texts, in characters. */
export function atMost(characters: number, text: string | undefined, param: string): void {
  if ((text?.length ?? 0) > characters) {
    throw invalid(`Invalid string: must be at most ${characters} characters`, { param })
  }
}

/** For fields an empty text unsets. */
export function orNull(value: string | null | undefined): string | null {
  return value || null
}
