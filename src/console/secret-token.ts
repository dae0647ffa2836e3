import { createHash, randomBytes } from 'node:crypto'

/** A long random text that is told once, and the hash that is kept of it. */
export function makeToken(prefix = ''): { token: string; hash: string } {
  const token = prefix + randomBytes(32).toString('base64url')
  return { token, hash: hashToken(token) }
}

/** Tokens are random and long, so a fast hash keeps them, and looking one up by it tells nothing by its time. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}

/** A short random name that is no secret. */
export function makeId(prefix: string): string {
  return `${prefix}_${randomBytes(9).toString('base64url')}`
}
