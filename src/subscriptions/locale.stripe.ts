/** The languages of Stripe's own pages that Checkout and the customer portal share. */
const pageLanguages = new Set(
  (
    'bg cs da de el en en-GB es es-419 et fi fil fr fr-CA hr hu id it ja ko lt lv ms mt nb nl pl pt pt-BR ro ru sk sl ' +
    'sv th tr vi zh zh-HK zh-TW'
  ).split(' '),
)

/** The language of Stripe's pages for a reader of `language` (BCP 47); where Stripe has none, as the browser wants it. */
export function stripeLocale(language: string): string {
  const { language: base, region } = new Intl.Locale(language)
  return [`${base}-${region}`, base].find((candidate) => pageLanguages.has(candidate)) ?? 'auto'
}
