import type { Site } from '../paywall/site.ts'
import type { Offer } from './offer.ts'
import type { OfferProblem } from './offer-problems.ts'

/** A headline in another language than the terms below it would look like a mistake, so each further one has its own. */
export function translationProblems({ translations = {} }: Offer, { languages }: Site): OfferProblem[] {
  const unknown = Object.keys(translations).filter((language) => !languages.includes(language))
  const missing = languages.filter((language) => translations[language] === undefined)
  return [
    ...unknown.map((language) => ({
      path: ['translations', language],
      expected: `a further language of the site (${languages.join(', ') || 'there is none'})`,
      got: language,
    })),
    ...missing.map((language) => ({
      path: ['translations', language],
      expected: `headline and button in ${language}, which readers of the site may ask for`,
      got: undefined,
    })),
  ]
}
