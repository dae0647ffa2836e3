import { z } from 'zod'

export const deviceSchema = z.enum(['phone', 'tablet', 'desktop'])

export type Device = z.infer<typeof deviceSchema>

/**
 * What kind of device a browser says it runs on: by the client hint `Sec-CH-UA-Mobile` where it sends that, and by its user
 * agent. An iPad that asks for desktop pages calls itself a Mac. Null where nothing is said.
 */
export function deviceOf({
  userAgent,
  mobileHint,
}: {
  userAgent: string | null
  mobileHint: string | null
}): Device | null {
  if (mobileHint === '?1') return 'phone'
  if (userAgent === null) return null
  if (/iPad|Tablet|PlayBook|Kindle|Silk/i.test(userAgent)) return 'tablet'
  if (/Mobi|iPhone|iPod/i.test(userAgent)) return 'phone'
  return /Android/i.test(userAgent) ? 'tablet' : 'desktop'
}
