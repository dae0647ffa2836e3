import type { Catalogue } from './catalogue.ts'
import { remembered } from './remembered.ts'
import { arabicWords } from './words.ar.ts'
import { germanWords } from './words.de.ts'
import { englishWords } from './words.en.ts'

const catalogues = new Map<string, Catalogue>([
  ['en', englishWords],
  ['de', germanWords],
  ['ar', arabicWords],
])

/** English where a language (BCP 47) has no words of its own. */
export const catalogueFor = remembered(
  (language: string) => catalogues.get(new Intl.Locale(language).language) ?? englishWords,
)
