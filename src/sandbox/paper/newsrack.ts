import { z } from 'zod'

/** What the paper's server has of Newsrack, and any publisher's server has: two addresses, a site, its key. */
export type Newsrack = {
  /** As readers' browsers know it. */
  publicUrl: URL
  /** As the paper's server reaches it. */
  address: URL
  site: string
  siteKey: string
  /** Whether the site's configuration says that the pages hold only the lead. */
  withholdsText: () => boolean
}

const answerSchema = z.looseObject({ granted: z.boolean(), reason: z.string() })
const timeoutMs = 4_000

/** Only who says so is asked about, which is free; whether it is true Newsrack finds out in the DNS. */
const saysItIsACrawler = /bot|crawl|spider/i

/**
 * Whether the visitor is a search engine's crawler, for which the page is to hold the whole text. False when Newsrack
 * does not answer. Asking counts nothing.
 */
export async function isVerifiedCrawler(
  { address, site, siteKey }: Newsrack,
  visit: { article: string; client: { address: string; userAgent: string } },
): Promise<boolean> {
  if (!saysItIsACrawler.test(visit.client.userAgent)) return false
  try {
    const response = await fetch(new URL('/v1/access', address), {
      method: 'POST',
      headers: { authorization: `Bearer ${siteKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        site,
        article: { id: visit.article },
        reader: { id: 'a crawler' },
        client: { address: visit.client.address, userAgent: visit.client.userAgent.slice(0, 1024) },
      }),
      signal: AbortSignal.timeout(timeoutMs),
    })
    const { granted, reason } = answerSchema.parse(await response.json())
    return granted && reason === 'crawler'
  } catch {
    return false
  }
}
