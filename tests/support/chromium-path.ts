import { existsSync } from 'node:fs'

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** The Chromium that tests drive: CHROMIUM_PATH, else the first found in the usual places; null where there is none. */
export function chromiumPath(given = process.env.CHROMIUM_PATH): string | null {
  const places = given === undefined || given === '' ? usualPlaces : [given]
  return places.find((place) => existsSync(place)) ?? null
}
