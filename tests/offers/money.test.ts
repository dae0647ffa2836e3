import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { currencies, minimumCharge } from '../../src/offers/minimum-charge.ts'
import { formatMoney, moneySchema } from '../../src/offers/money.ts'

const noBreak = '\u00a0'

describe('money in words', () => {
  for (const [amount, currency, language, expected] of [
    [1999, 'USD', 'en-US', '$19.99'],
    [100, 'USD', 'en-US', '$1'],
    [101, 'USD', 'en-US', '$1.01'],
    [110, 'USD', 'en-US', '$1.10'],
    [123456, 'USD', 'en-US', '$1,234.56'],
    [99_999_999, 'USD', 'en-US', '$999,999.99'],
    [0, 'USD', 'en-US', '$0'],
    [25, 'USD', 'en-US', '25¢'],
    [1, 'USD', 'en-US', '1¢'],
    [99, 'USD', 'en', '99¢'],
    [50, 'CAD', 'en-CA', '50¢'],
    [50, 'AUD', 'en-AU', '50¢'],
    [50, 'NZD', 'en-NZ', '50¢'],
    [50, 'CAD', 'en-US', 'CA$0.50'],
    [50, 'USD', 'en-CA', 'US$0.50'],
    [25, 'GBP', 'en-GB', '25p'],
    [199, 'GBP', 'en-GB', '£1.99'],
    [50, 'EUR', 'en-IE', '€0.50'],
    [1999, 'EUR', 'de-DE', `19,99${noBreak}€`],
    [100, 'EUR', 'de-DE', `1${noBreak}€`],
    [25, 'USD', 'es-US', '$0.25'],
    [1980, 'JPY', 'ja-JP', '￥1,980'],
    [50, 'JPY', 'en-US', '¥50'],
    [17500, 'HUF', 'en-US', `HUF${noBreak}175`],
    [249990, 'HUF', 'hu-HU', `2499,90${noBreak}Ft`],
  ] as const) {
    it(`writes ${amount} ${currency} for ${language} as ${expected}`, () => {
      assert.equal(formatMoney({ amount, currency }, language), expected)
    })
  }
})

describe('money in the configuration', () => {
  it('is a whole number of minor units of a currency that Stripe has a minimum for', () => {
    assert.deepEqual(moneySchema.parse({ amount: 1999, currency: 'USD' }), { amount: 1999, currency: 'USD' })
    for (const wrong of [
      { amount: 19.99, currency: 'USD' },
      { amount: '1999', currency: 'USD' },
      { amount: -1, currency: 'USD' },
      { amount: 100_000_000, currency: 'USD' },
      { amount: 1999, currency: 'usd' },
      { amount: 1999, currency: 'XAU' },
      { amount: 1999 },
    ]) {
      assert.equal(moneySchema.safeParse(wrong).success, false, JSON.stringify(wrong))
    }
  })
})

describe('the least that Stripe charges', () => {
  it('is known in 23 currencies', () => {
    assert.equal(currencies.length, 23)
    const least = {
      USD: 50,
      JPY: 50,
      GBP: 30,
      DKK: 250,
      SEK: 300,
      PLN: 200,
      HKD: 400,
      CZK: 1500,
      THB: 1000,
      HUF: 17500,
    }
    const asked = Object.fromEntries(
      currencies.filter((code) => code in least).map((code) => [code, minimumCharge(code)]),
    )
    assert.deepEqual(asked, least)
  })
})
