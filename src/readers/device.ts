import { z } from 'zod'

/** What a reader recognises a session by: rough on purpose, so that it is no fingerprint. Proper names, null if unknown. */
export type Device = z.infer<typeof deviceSchema>
export const deviceSchema = z.object({ browser: z.string().nullable(), system: z.string().nullable() })

/** The device behind a user-agent string. The first name that fits counts: most browsers call themselves several. */
export function deviceOf(userAgent: string | undefined): Device {
  const find = (names: readonly Name[]) =>
    names.find(([, pattern]) => pattern.test(userAgent ?? ''))?.[0] ?? null
  return { browser: find(browsers), system: find(systems) }
}

type Name = readonly [name: string, pattern: RegExp]

const browsers: readonly Name[] = [
  ['Edge', /\bEdg(?:e|A|iOS)?\//],
  ['Opera', /\bOPR\//],
  ['Samsung Internet', /\bSamsungBrowser\//],
  ['Firefox', /\b(?:Firefox|FxiOS)\//],
  ['Chrome', /\b(?:Chrome|HeadlessChrome|CriOS|Chromium)\//],
  ['Safari', /\bVersion\/[\d.]+.*\bSafari\//],
]

const systems: readonly Name[] = [
  ['iPhone', /\biPhone\b/],
  ['iPad', /\biPad\b/],
  ['Android', /\bAndroid\b/],
  ['Windows', /\bWindows\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['macOS', /\bMac(?:intosh| OS X)\b/],
  ['Linux', /\bLinux\b/],
]
