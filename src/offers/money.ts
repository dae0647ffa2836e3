import { z } from 'zod'
import { remembered } from '../remembered.ts'
import { type Currency, currencies } from './minimum-charge.ts'

/** The most Stripe takes in one charge: eight digits of minor units. */
const largestAmount = 99_999_999

/** An amount without its currency, as people type it. */
export const amountSchema = z
  .int('a whole number of minor units (25 is 25¢)')
  .min(0, 'a whole number of minor units (25 is 25¢), not below 0')
  .max(largestAmount, `a whole number of minor units (25 is 25¢), at most ${largestAmount}`)
  .describe('Minor units: 1999 USD is $19.99')

export const moneySchema = z
  .strictObject({
    amount: amountSchema,
    currency: z
      .enum(currencies, `a currency in upper case, one of ${currencies.join(', ')}`)
      .describe('ISO 4217 code'),
  })
  .describe('An amount of money')

export type Money = z.infer<typeof moneySchema>

/**
 * An amount as readers of `language` (BCP 47) write it: "$19.99", "$1" without ".00", and below one unit
 * "25¢" or "25p" where English has such a sign and it cannot be taken for another country's coin.
 */
export function formatMoney({ amount, currency }: Money, language: string): string {
  const { format, coin, unit } = writing(language, currency)
  return coin !== null && amount > 0 && amount < unit ? `${amount}${coin}` : format.format(amount / unit)
}

/** How a language writes a currency: with which sign for a part of a unit (null: none), and minor units in a unit. */
const writing = remembered((language: string, currency: Currency) => {
  const decimals = minorDigits(currency)
  const format = new Intl.NumberFormat(language, {
    style: 'currency',
    currency,
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    trailingZeroDisplay: 'stripIfInteger',
  })
  return { format, coin: coinSign(format, currency), unit: 10 ** decimals }
})

/** An amount in whole units, as software writes it: "19.99". */
export function decimalOf({ amount, currency }: Money): string {
  const digits = minorDigits(currency)
  return (amount / 10 ** digits).toFixed(digits)
}

/** Stripe counts yen in whole yen and the other currencies sold here in hundredths, forints included. */
function minorDigits(currency: Currency): number {
  return currency === 'JPY' ? 0 : 2
}

const coinSigns: { [code in Currency]?: { sign: string; of: string } } = {
  USD: { sign: '¢', of: '$' },
  CAD: { sign: '¢', of: '$' },
  AUD: { sign: '¢', of: '$' },
  NZD: { sign: '¢', of: '$' },
  SGD: { sign: '¢', of: '$' },
  GBP: { sign: 'p', of: '£' },
}

/** The coin's sign if readers of this language write the currency plainly: a Canadian's 25¢ is CA$0.25 to an American. */
function coinSign(format: Intl.NumberFormat, currency: Currency): string | null {
  const coin = coinSigns[currency]
  if (coin === undefined || new Intl.Locale(format.resolvedOptions().locale).language !== 'en') return null
  const symbol = format.formatToParts(1).find((part) => part.type === 'currency')?.value
  return symbol === coin.of ? coin.sign : null
}
