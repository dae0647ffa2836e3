import { remembered } from '../remembered.ts'
import type { Catalogue } from './catalogue.ts'
import { arabicWords } from './words.ar.ts'
import { germanWords } from './words.de.ts'
import { englishWords } from './words.en.ts'

const catalogues = new Map<string, Catalogue>([
  ['en', englishWords],
  ['de', germanWords],
  ['ar', arabicWords],
])

/** The languages that have words of their own, by their primary subtag. */
export const spokenLanguages: readonly string[] = [...catalogues.keys()]

/** English where a language (BCP 47) has no words of its own. */
export const catalogueFor = remembered(
  (language: string) => catalogues.get(primary(language)) ?? englishWords,
)

/** Whether a text is a BCP 47 tag. */
export function isLanguage(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1
  } catch {
    return false
  }
}

/** Whether a language has words of its own. */
export function isSpoken(tag: string): boolean {
  return isLanguage(tag) && catalogues.has(primary(tag))
}

/** Of these languages, the first being the usual one, the one for whoever asks for a language (BCP 47, or anything). */
export function languageAmong(languages: readonly [string, ...string[]]) {
  const known = new Map<string, string>()
  for (const language of languages) {
    for (const name of [language.toLowerCase(), primary(language)]) {
      if (!known.has(name)) known.set(name, language)
    }
  }
  const [usual] = languages
  return (asked: string | undefined): string => {
    if (asked === undefined || languages.length === 1) return usual
    const tag = asked.toLowerCase()
    return known.get(tag) ?? known.get(tag.slice(0, tag.search(/$|[-_]/))) ?? usual
  }
}

function primary(language: string): string {
  return new Intl.Locale(language).language
}
