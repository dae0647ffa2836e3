import { createHmac, timingSafeEqual } from 'node:crypto'

/** Signs short texts with HMAC-SHA-256, for ourselves to check: 43 characters, URL-safe. */
export type Signature = { of(text: string): string; fits(text: string, signature: string): boolean }

/**
 * The first secret signs; all of them verify, so that one can be exchanged. What is signed for one `purpose` is worth
 * nothing for another.
 */
export function createSignature(purpose: string, secrets: readonly string[]): Signature {
  const [signing] = secrets
  if (signing === undefined) throw new Error(`a ${purpose} needs a secret`)

  function mac(secret: string, text: string): string {
    return createHmac('sha256', secret).update(`${purpose}\n`).update(text).digest('base64url')
  }

  return {
    of: (text) => mac(signing, text),
    fits: (text, signature) => secrets.some((secret) => sameText(mac(secret, text), signature)),
  }
}

function sameText(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other))
}
