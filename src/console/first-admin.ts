import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * The token of the link that makes the first admin. It follows from the secret and the installation's first start, so every
 * process prints the same, and it is of no use once there is somebody.
 */
export type FirstAdminToken = { token: string; fits: (token: string) => boolean }

export function createFirstAdminToken(secrets: readonly string[], firstStartMs: number): FirstAdminToken {
  const tokens = secrets.map((secret) =>
    createHmac('sha256', secret).update(`first admin ${firstStartMs}`).digest('base64url'),
  )
  const [token] = tokens
  if (token === undefined) throw new Error('the first admin’s link needs a secret')
  return { token, fits: (given) => tokens.some((known) => sameText(known, given)) }
}

function sameText(known: string, given: string): boolean {
  const [one, other] = [Buffer.from(known), Buffer.from(given)]
  return one.length === other.length && timingSafeEqual(one, other)
}
