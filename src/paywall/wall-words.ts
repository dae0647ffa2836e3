import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import { arabicWallWords } from './wall-words.ar.ts'
import { germanWallWords } from './wall-words.de.ts'
import { englishWallWords } from './wall-words.en.ts'

/** By the problem’s code; `other` for all that are not named. */
const refusalsSchema = z.record(z.string(), z.string())

/** All that a wall or a nudge says besides its offer, ready to show. */
export const wallWordsSchema = z
  .object({
    language: z.string().describe('BCP 47: what the words are written in'),
    direction: z.enum(['ltr', 'rtl']),
    closed: z.string().describe('Why the article is closed; on a nudge, how many articles are left'),
    later: z.string().nullable().describe('When reading goes on by itself; null where waiting does not help'),
    agree: z.string().describe('Beside the box that stands for the reader’s consent'),
    tickFirst: z.string().describe('When the button is pressed without it'),
    opening: z.string().describe('While the checkout opens'),
    refusals: refusalsSchema.describe('Why a purchase did not start'),
    ends: z.string().describe('With {time}, such as “in 2 days”, until the offer’s `endsAt`'),
    close: z.string(),
    open: z.string().describe('Brings a closed wall back'),
    signIn: z
      .object({
        invitation: z.string().describe('Leads from the offer to the form'),
        heading: z.string(),
        ask: z.string(),
        email: z.string(),
        send: z.string(),
        sending: z.string(),
        sent: z.string().describe('With {email}'),
        refusals: refusalsSchema.describe('Why no link was sent'),
        back: z.string().describe('Leads from the form to the offer'),
      })
      .describe('For the link that signs a reader in'),
  })
  .describe('The words of a wall')

export const meterWordsSchema = z
  .object({
    left: z.string().describe('How many free articles are left'),
    more: z.string().nullable().describe('When there are more; null where the limit is 0'),
  })
  .describe('The words about a meter')

export type WallWords = z.infer<typeof wallWordsSchema>
export type MeterWords = z.infer<typeof meterWordsSchema>

/** Where a reader stands, as far as it can be said. `resetsAt` is ISO 8601 with the site's offset. */
export type CountedMeter = {
  window: 'day' | 'week' | 'month' | 'rolling'
  limit: number
  left: number
  resetsAt: string
}

/** One language's words. Days come as people write them: "December 1". */
export type WallCatalogue = {
  fixed: Omit<WallWords, 'language' | 'closed' | 'later'>
  needsAccount: string
  needsSubscription: string
  /** All `limit` articles of the window are read; `limit` is 1 or more. */
  usedUp: (meter: CountedMeter) => string
  /** `offered`: there is something else the reader could do. */
  later: (day: string, offered: boolean) => string
  left: (meter: CountedMeter) => string
  last: (meter: CountedMeter) => string
  more: (day: string) => string
}

type WallQuestion = {
  /** BCP 47. */
  language: string
  reason: string
  meter: CountedMeter | null
  /** Whether something is on offer beside it. */
  offered: boolean
}

/** So many walls are remembered with their words: languages times reasons, limits and days. */
const remembered = { max: 2000 }
const walls = new LRUCache<string, WallWords>(remembered)
/** By the end of the window, the language, and where a reader stands. A rolling window ends at any second. */
const meters = new LRUCache<string, Map<string, Map<number, MeterWords>>>({ max: 500 })

/** The words of a wall in front of an article. Equal questions are given the very same object. */
export function wallWords({ language, reason, meter, offered }: WallQuestion): WallWords {
  const key = `${language}|${reason}|${offered}|${meterKey(meter)}`
  return known(walls, key, () => {
    const catalogue = catalogueFor(language)
    const isStop = reason === 'meter_stop' && meter !== null && meter.limit > 0
    return {
      language,
      ...catalogue.fixed,
      closed: isStop
        ? catalogue.usedUp(meter)
        : reason === 'registration_required'
          ? catalogue.needsAccount
          : catalogue.needsSubscription,
      later: isStop ? catalogue.later(dayOf(meter, language), offered) : null,
    }
  })
}

/** The words of an offer on an article that stays open. */
export function nudgeWords(language: string, meter: CountedMeter | null): WallWords {
  return known(walls, `${language}|nudge|${meterKey(meter)}`, () => {
    const catalogue = catalogueFor(language)
    const closed = meter === null ? '' : leftOf(catalogue, meter, true)
    return { language, ...catalogue.fixed, closed, later: null }
  })
}

/** How many free articles are left. `isNew`: this article has just been counted, so that it may be the last. */
export function meterWords(language: string, meter: CountedMeter, isNew: boolean): MeterWords {
  const { window, limit, left, resetsAt } = meter
  const standings = known(meters, resetsAt, () => new Map<string, Map<number, MeterWords>>())
  const place = getOrMake(standings, language, () => new Map<number, MeterWords>())
  // Nearly every answer has these words: a number is looked up more quickly than a key is put together.
  const number = ((limit * mostLeft + left) * 2 + (isNew ? 1 : 0)) * windows.length + windows.indexOf(window)
  return getOrMake(place, number, () => {
    const catalogue = catalogueFor(language)
    return {
      left: leftOf(catalogue, meter, isNew),
      more: limit === 0 ? null : catalogue.more(dayOf(meter, language)),
    }
  })
}

const windows: readonly CountedMeter['window'][] = ['day', 'week', 'month', 'rolling']
/** No meter allows more. */
const mostLeft = 1024

function getOrMake<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const before = map.get(key)
  if (before !== undefined) return before
  const made = make()
  map.set(key, made)
  return made
}

function leftOf(catalogue: WallCatalogue, meter: CountedMeter, isNew: boolean): string {
  return meter.left === 0 && isNew ? catalogue.last(meter) : catalogue.left(meter)
}

const catalogues = new Map<string, WallCatalogue>([
  ['en', englishWallWords],
  ['de', germanWallWords],
  ['ar', arabicWallWords],
])

/** English where a language has no words of its own. */
function catalogueFor(language: string): WallCatalogue {
  return catalogues.get(new Intl.Locale(language).language) ?? englishWallWords
}

/** The day as the site counts it, whatever the reader's own time zone (spec rule 14). */
function dayOf({ resetsAt }: CountedMeter, language: string): string {
  const format = new Intl.DateTimeFormat(language, { month: 'long', day: 'numeric', timeZone: 'UTC' })
  return format.format(new Date(`${resetsAt.slice(0, 10)}T00:00:00Z`))
}

function meterKey(meter: CountedMeter | null): string {
  return meter === null ? '' : `${meter.window}|${meter.limit}|${meter.left}|${meter.resetsAt.slice(0, 10)}`
}

function known<Words extends object>(cache: LRUCache<string, Words>, key: string, make: () => Words): Words {
  const before = cache.get(key)
  if (before !== undefined) return before
  const made = make()
  cache.set(key, made)
  return made
}
