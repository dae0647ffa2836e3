import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { offerSchema } from '../../src/offers/offer.ts'
import { anOffer, quarterDollarSale } from './examples.ts'

describe('an offer', () => {
  it('forbids an intro that cannot be charged, unless it says otherwise', () => {
    const { intro } = anOffer({ intro: { kind: 'in_all', amount: 25, months: 5 } })
    assert.ok(intro?.kind === 'in_all')
    assert.equal(intro.belowMinimum, 'forbid')
  })

  it('takes copy in any script', () => {
    for (const headline of [
      'Unlimited Digital Access',
      'Zugang für alle – jetzt!',
      'すべて読む',
      'L’été, “sans limite”',
      'Кафе & книги',
    ]) {
      assert.equal(anOffer({ headline }).headline, headline)
    }
  })

  for (const copy of [
    'Only 25 cents',
    'Just $',
    'Half ½ off',
    '€',
    '25¢',
    'Save %',
    '٢٥',
    '１',
    'Save ％',
    'Two\nlines',
    '',
    '  ',
  ]) {
    it(`refuses ${JSON.stringify(copy)} as headline and as words on the button`, () => {
      assert.equal(offerSchema.safeParse({ ...anOffer(), headline: copy }).success, false)
      assert.equal(offerSchema.safeParse({ ...anOffer(), button: copy }).success, false)
    })
  }

  it('has an intro of 1 to 24 months that costs something', () => {
    for (const change of [
      { months: 0 },
      { months: 25 },
      { months: 1.5 },
      { amount: 0 },
      { amount: -5 },
      { amount: '25¢' },
      { kind: 'trial' },
      { days: 3 },
    ]) {
      const intro = { ...quarterDollarSale, ...change }
      assert.equal(offerSchema.safeParse({ ...anOffer(), intro }).success, false, JSON.stringify(change))
    }
  })
})
