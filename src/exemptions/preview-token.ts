import { createSignature } from './signature.ts'

/**
 * What the publisher's staff carry to see articles as they are: `p1.<site>.<expiry, epoch seconds in base 36>.<HMAC-SHA-256>`.
 * It names nobody and cannot be taken back before its end, so it is short-lived.
 */
export type PreviewTokens = {
  /** Epoch milliseconds; the token holds whole seconds. */
  create(preview: { site: string; expiresAtMs: number }): string
  /** False for a token that is forged, expired, of another site or no token at all. `now` in epoch milliseconds. */
  isStaff(token: string, site: string, now: number): boolean
}

/** The request header that carries it, in lower case as Node has it. */
export const previewHeader = 'newsrack-preview'

export function createPreviewTokens(secrets: readonly string[]): PreviewTokens {
  const signature = createSignature('staff preview', secrets)
  return {
    create({ site, expiresAtMs }) {
      const body = `p1.${site}.${Math.floor(expiresAtMs / 1000).toString(36)}`
      return `${body}.${signature.of(body)}`
    },
    isStaff(token, site, now) {
      const match = pattern.exec(token)
      if (match === null) return false
      const [, body = '', meant, expiry = '', mac = ''] = match
      return meant === site && Number.parseInt(expiry, 36) * 1000 > now && signature.fits(body, mac)
    },
  }
}

const pattern = /^(p1\.([a-z0-9-]{1,40})\.([0-9a-z]{1,9}))\.([\w-]{43})$/
