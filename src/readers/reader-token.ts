import { createHmac, timingSafeEqual } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { AtSite, Identity, Newcomer } from './identity.ts'

/**
 * The signed token of a reader: `r1.<browser>.<expiry>.<HMAC-SHA-256>`, and with notes between expiry and signature,
 * each behind a dot, `r2`: `a~<site>~<account>~<session>~<checked until>` is signed in, `o~<site>~<when>` has signed out,
 * `n~<nth>~<when>` came late among new readers. Numbers are in base 36, times epoch seconds. Nobody but us reads it, so
 * its header is one fixed word and no algorithm can be chosen by the sender.
 */
export type ReaderTokens = {
  /** `now` in epoch milliseconds, as everywhere here. */
  issue(identity: Identity, now: number): string
  /** Null for a token that is forged, expired or no token at all (spec rule 13). */
  verify(token: string, now: number): VerifiedToken | null
}

/** `isOld`: to be exchanged for a fresh one, as it has been in use for a while or is signed with a former secret. */
export type VerifiedToken = { identity: Identity; isOld: boolean }

/** Browsers keep a cookie for 400 days at most. */
export const tokenLifeSeconds = 400 * 86_400
const renewAfterSeconds = 30 * 86_400
const pattern = /^(r[12]\.([\w-]{16})\.([0-9a-z]{1,9})((?:\.[a-z][\w~-]+)*))\.([\w-]{43})$/

export function looksLikeReaderToken(text: string): boolean {
  return text.startsWith('r1.') || text.startsWith('r2.')
}

/** The first secret signs; all of them verify, so that one can be exchanged while readers keep their tokens. */
export function createReaderTokens(secrets: readonly string[]): ReaderTokens {
  const [signing, ...former] = secrets
  if (signing === undefined) throw new Error('reader tokens need a secret')
  const checked = new LRUCache<string, CheckedToken>({ max: 50_000 })

  function check(token: string): CheckedToken | null {
    const match = pattern.exec(token)
    if (match === null) return null
    const [, body = '', browser = '', expiry = '', notes = '', signature = ''] = match
    const current = sameText(mac(signing ?? '', body), signature)
    if (!current && !former.some((secret) => sameText(mac(secret, body), signature))) return null
    return {
      identity: { browser, ...readNotes(notes) },
      expiresSeconds: Number.parseInt(expiry, 36),
      current,
    }
  }

  function checkOnce(token: string): CheckedToken | null {
    const fresh = check(token)
    if (fresh !== null) checked.set(token, fresh)
    return fresh
  }

  return {
    issue(identity, now) {
      const notes = writeNotes(identity)
      const expiry = (Math.floor(now / 1000) + tokenLifeSeconds).toString(36)
      const body = `${notes === '' ? 'r1' : 'r2'}.${identity.browser}.${expiry}${notes}`
      return `${body}.${mac(signing, body)}`
    },
    verify(token, now) {
      const known = checked.get(token) ?? checkOnce(token)
      if (known === null) return null
      const leftSeconds = known.expiresSeconds - now / 1000
      if (leftSeconds <= 0) return null
      const isOld = leftSeconds < tokenLifeSeconds - renewAfterSeconds
      return { identity: known.identity, isOld: isOld || !known.current }
    },
  }
}

type CheckedToken = { identity: Identity; expiresSeconds: number; current: boolean }

function writeNotes({ sites, newcomer }: Identity): string {
  const late = newcomer === null ? '' : `.n~${newcomer.nth.toString(36)}~${newcomer.at.toString(36)}`
  return sites.map(writeSite).join('') + late
}

function writeSite(at: AtSite): string {
  return 'account' in at
    ? `.a~${at.site}~${at.account}~${at.session}~${at.checkedUntil.toString(36)}`
    : `.o~${at.site}~${at.signedOutAt.toString(36)}`
}

/** Only ever called on what we have signed. */
function readNotes(notes: string): Pick<Identity, 'sites' | 'newcomer'> {
  const sites: AtSite[] = []
  let newcomer: Newcomer | null = null
  for (const note of notes.split('.').slice(1)) {
    const [kind, first = '', second = '', session = '', checkedUntil = ''] = note.split('~')
    if (kind === 'a')
      sites.push({ site: first, account: second, session, checkedUntil: Number.parseInt(checkedUntil, 36) })
    if (kind === 'o') sites.push({ site: first, signedOutAt: Number.parseInt(second, 36) })
    if (kind === 'n') newcomer = { nth: Number.parseInt(first, 36), at: Number.parseInt(second, 36) }
  }
  return { sites, newcomer }
}

function mac(secret: string, body: string): string {
  return createHmac('sha256', secret).update('reader token\n').update(body).digest('base64url')
}

function sameText(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other))
}
