/** The least Stripe charges in each currency that plans can be sold in, in minor units. */
const minimumCharges = {
  USD: 50,
  EUR: 50,
  CAD: 50,
  AUD: 50,
  NZD: 50,
  CHF: 50,
  SGD: 50,
  INR: 50,
  JPY: 50,
  BRL: 50,
  GBP: 30,
  DKK: 250,
  NOK: 300,
  SEK: 300,
  PLN: 200,
  RON: 200,
  AED: 200,
  MYR: 200,
  HKD: 400,
  CZK: 1500,
  MXN: 1000,
  THB: 1000,
  HUF: 17500,
}

/** ISO 4217 code of a currency that plans can be sold in. */
export type Currency = keyof typeof minimumCharges

export const currencies = Object.keys(minimumCharges).filter(isCurrency)

/** The least that can be charged in `currency`, in its minor units. */
export function minimumCharge(currency: Currency): number {
  return minimumCharges[currency]
}

function isCurrency(code: string): code is Currency {
  return Object.hasOwn(minimumCharges, code)
}
