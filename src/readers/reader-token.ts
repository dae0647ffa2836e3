import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { LRUCache } from 'lru-cache'

/**
 * The signed token of an anonymous reader: `r1.<reader id>.<expiry, epoch seconds in base 36>.<HMAC-SHA-256>`.
 * Nobody but us reads it, so its header is one fixed word and no algorithm can be chosen by the sender.
 */
export type ReaderTokens = {
  /** A reader nobody has met before. */
  create(now: number): IssuedToken
  /** Null for a token that is forged, expired or no token at all (spec rule 13). `now` in epoch milliseconds. */
  verify(token: string, now: number): VerifiedToken | null
}

export type IssuedToken = { readerId: string; token: string }
/** `renewed` is a fresh token for the same reader, given when the present one is old or signed with a former secret. */
export type VerifiedToken = { readerId: string; renewed: string | null }

/** Browsers keep a cookie for 400 days at most. */
export const tokenLifeSeconds = 400 * 86_400
const renewAfterSeconds = 30 * 86_400
const prefix = 'r1'
const pattern = /^r1\.([\w-]{16})\.([0-9a-z]{1,9})\.([\w-]{43})$/

export function looksLikeReaderToken(text: string): boolean {
  return text.startsWith(`${prefix}.`)
}

/** The first secret signs; all of them verify, so that one can be exchanged while readers keep their tokens. */
export function createReaderTokens(secrets: readonly string[]): ReaderTokens {
  const [signing, ...former] = secrets
  if (signing === undefined) throw new Error('reader tokens need a secret')
  const checked = new LRUCache<string, CheckedToken>({ max: 50_000 })

  function sign(readerId: string, now: number): string {
    const expiry = Math.floor(now / 1000) + tokenLifeSeconds
    const body = `${prefix}.${readerId}.${expiry.toString(36)}`
    return `${body}.${mac(signing ?? '', body)}`
  }

  function check(token: string): CheckedToken | null {
    const match = pattern.exec(token)
    if (match === null) return null
    const [, readerId = '', expiry = '', signature = ''] = match
    const body = token.slice(0, token.lastIndexOf('.'))
    const current = sameText(mac(signing ?? '', body), signature)
    if (!current && !former.some((secret) => sameText(mac(secret, body), signature))) return null
    return { readerId, expiresSeconds: Number.parseInt(expiry, 36), current }
  }

  function checkOnce(token: string): CheckedToken | null {
    const fresh = check(token)
    if (fresh !== null) checked.set(token, fresh)
    return fresh
  }

  return {
    create(now) {
      const readerId = randomBytes(12).toString('base64url')
      return { readerId, token: sign(readerId, now) }
    },
    verify(token, now) {
      const known = checked.get(token) ?? checkOnce(token)
      if (known === null) return null
      const leftSeconds = known.expiresSeconds - now / 1000
      if (leftSeconds <= 0) return null
      const isOld = leftSeconds < tokenLifeSeconds - renewAfterSeconds
      return { readerId: known.readerId, renewed: isOld || !known.current ? sign(known.readerId, now) : null }
    },
  }
}

type CheckedToken = { readerId: string; expiresSeconds: number; current: boolean }

function mac(secret: string, body: string): string {
  return createHmac('sha256', secret).update('reader token\n').update(body).digest('base64url')
}

function sameText(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other))
}
