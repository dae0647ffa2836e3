import { existsSync } from 'node:fs'

const usualPlaces = [
  '/usr/bin/firefox-esr',
  '/usr/bin/firefox',
  '/snap/bin/firefox',
  '/Applications/Firefox.app/Contents/MacOS/firefox',
]

/** The Firefox that tests drive: FIREFOX_PATH, else the first found in the usual places; null where there is none. */
export function firefoxPath(given = process.env.FIREFOX_PATH): string | null {
  const places = given === undefined || given === '' ? usualPlaces : [given]
  return places.find((place) => existsSync(place)) ?? null
}
