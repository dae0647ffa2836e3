/** What Stripe's pages and bills call the parts of an offer, in the reader's language. */
export type BillWords = {
  /** A line for the whole introductory period. */
  introPeriod: (plan: string) => string
  /** The reason why the first bills are lower; at most 40 characters. */
  introPrice: string
  gift: (plan: string, months: string) => string
}

const catalogue: { en: BillWords; [language: string]: BillWords } = {
  en: {
    introPeriod: (plan) => `${plan}: introductory period`,
    introPrice: 'Introductory price',
    gift: (plan, months) => `${plan}: a gift of ${months}`,
  },
  de: {
    introPeriod: (plan) => `${plan}: Einführungszeitraum`,
    introPrice: 'Einführungspreis',
    gift: (plan, months) => `${plan}: Geschenk, ${months}`,
  },
  ar: {
    introPeriod: (plan) => `${plan}: الفترة التمهيدية`,
    introPrice: 'سعر تمهيدي',
    gift: (plan, months) => `${plan}: هدية لمدة ${months}`,
  },
}

/** English for a language (BCP 47) without words of its own. */
export function billWords(language: string): BillWords {
  return catalogue[baseLanguage(language)] ?? catalogue.en
}

/** `6 months`, `6 Monate`. */
export function monthsInWords(months: number, language: string): string {
  const known = Object.hasOwn(catalogue, baseLanguage(language)) ? language : 'en'
  return new Intl.NumberFormat(known, { style: 'unit', unit: 'month', unitDisplay: 'long' }).format(months)
}

function baseLanguage(language: string): string {
  return new Intl.Locale(language).language
}
