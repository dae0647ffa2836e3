/** The least Stripe charges at once, in minor units, by currency; a currency not listed is held to 50. */
export function minimumCharge(currency: string): number {
  return minimumCharges[currency] ?? 50
}

const minimumCharges: Record<string, number> = {
  usd: 50,
  eur: 50,
  cad: 50,
  aud: 50,
  nzd: 50,
  chf: 50,
  sgd: 50,
  inr: 50,
  jpy: 50,
  brl: 50,
  gbp: 30,
  dkk: 250,
  nok: 300,
  sek: 300,
  pln: 200,
  ron: 200,
  aed: 200,
  myr: 200,
  hkd: 400,
  czk: 1500,
  mxn: 1000,
  thb: 1000,
  huf: 17500,
}
