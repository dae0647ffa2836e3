import type { Response } from 'express'

/** Headers of a page that posts to itself and may be led on to one other origin, nothing else. */
export function securePage(response: Response, onward = ''): void {
  response.set({
    'Cache-Control': 'no-store',
    'Content-Security-Policy': `default-src 'none'; style-src 'self'; form-action 'self' ${onward}; base-uri 'none'; frame-ancestors 'none'`,
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  })
}
