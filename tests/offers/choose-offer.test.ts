import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { offerStatus, prepareWallOffers } from '../../src/offers/choose-offer.ts'
import type { OfferFacts } from '../../src/offers/conditions.ts'
import type { Offer } from '../../src/offers/offer.ts'
import { anOffer } from './examples.ts'

const startsAt = '2026-11-27T00:00:00-05:00'
const endsAt = '2026-12-02T00:00:00-05:00'
const start = Date.parse(startsAt)
const end = Date.parse(endsAt)
const sale = anOffer({ id: 'sale', startsAt, endsAt, priority: 100 })
const standing = anOffer({ id: 'standing' })

const anybody: OfferFacts = {
  now: start,
  registered: false,
  hasReadBefore: false,
  subscription: 'none',
  bought: [],
  country: null,
  section: null,
  device: null,
  referrer: null,
  isSoldOut: () => false,
}

function chosen(offers: Offer[], facts: Partial<OfferFacts> = {}): string | undefined {
  const known = { ...anybody, ...facts }
  return prepareWallOffers(offers)(known.now).choose(known)?.id
}

describe('an offer in time', () => {
  it('runs from its first instant up to the instant of its end', () => {
    assert.equal(offerStatus(sale, start - 1), 'not_started')
    assert.equal(offerStatus(sale, start), 'running')
    assert.equal(offerStatus(sale, end - 1), 'running')
    assert.equal(offerStatus(sale, end), 'ended')
  })

  it('runs always if it names neither', () => {
    assert.equal(offerStatus(standing, 0), 'running')
    assert.equal(offerStatus(standing, Date.parse('2999-01-01T00:00:00Z')), 'running')
  })

  it('may name only one of the two', () => {
    assert.equal(offerStatus(anOffer({ startsAt }), start - 1), 'not_started')
    assert.equal(offerStatus(anOffer({ startsAt }), end), 'running')
    assert.equal(offerStatus(anOffer({ endsAt }), 0), 'running')
    assert.equal(offerStatus(anOffer({ endsAt }), end), 'ended')
  })
})

describe('the offer that is proposed', () => {
  it('is the sale while it runs and the standing offer before and after, to the millisecond', () => {
    for (const offers of [
      [sale, standing],
      [standing, sale],
    ]) {
      const wallOffers = prepareWallOffers(offers)
      const ids = [start - 1, start, end - 1, end].map((now) => wallOffers(now).choose(anybody)?.id)
      assert.deepEqual(ids, ['standing', 'sale', 'sale', 'standing'])
    }
  })

  it('is the earlier configured one of equal priority', () => {
    const offers = [anOffer({ id: 'low', priority: -1 }), anOffer({ id: 'first' }), anOffer({ id: 'second' })]
    assert.equal(chosen(offers), 'first')
  })

  it('is none where none runs', () => {
    assert.equal(chosen([sale], { now: end }), undefined)
    assert.equal(chosen([], { now: end }), undefined)
  })

  it('is never a gift, nor one for readers who are cancelling, who meet no wall', () => {
    const gift = anOffer({ id: 'gift', gift: { amount: 9900, months: 12 }, priority: 9 })
    const goOn = anOffer({ id: 'go-on', audience: ['cancelling'], priority: 9 })
    assert.equal(chosen([gift, goOn, standing]), 'standing')
  })
})

describe('an offer that asks something', () => {
  for (const [what, asks, fitting, others] of [
    ['new readers', { audience: ['new'] }, [{ hasReadBefore: false }], [{ hasReadBefore: true }]],
    ['returning readers', { audience: ['returning'] }, [{ hasReadBefore: true }], [{ hasReadBefore: false }]],
    [
      'readers with an account',
      { audience: ['registered'] },
      [{ registered: true }],
      [{ registered: false }],
    ],
    ['readers without one', { audience: ['anonymous'] }, [{ registered: false }], [{ registered: true }]],
    [
      'readers whose subscription has ended',
      { audience: ['ended'] },
      [{ bought: ['anything'] }],
      [{ bought: [] }, { bought: null }],
    ],
    [
      'readers who never had one',
      { audience: ['never_subscribed'] },
      [{ bought: [] }],
      [{ bought: ['anything'] }, { bought: null }],
    ],
    [
      'one of several kinds of readers',
      { audience: ['registered', 'ended'] },
      [{ registered: true }, { bought: ['anything'] }],
      [{}],
    ],
    [
      'readers in some countries',
      { countries: ['US', 'CA'] },
      [{ country: 'US' }, { country: 'CA' }],
      [{ country: 'DE' }, { country: null }],
    ],
    [
      'articles of a section',
      { sections: ['world'] },
      [{ section: 'world' }],
      [{ section: 'sports' }, { section: null }],
    ],
    [
      'a kind of device',
      { devices: ['phone', 'tablet'] },
      [{ device: 'phone' }, { device: 'tablet' }],
      [{ device: 'desktop' }, { device: null }],
    ],
    [
      'readers who come from somewhere',
      { referrers: ['example.com'] },
      [{ referrer: 'https://example.com/' }, { referrer: 'https://m.example.com/x?y' }],
      [{ referrer: 'https://notexample.com/' }, { referrer: 'example.com' }, { referrer: null }],
    ],
    [
      'readers who have not bought it',
      { oncePerReader: true },
      [{ bought: [] }, { bought: ['standing'] }],
      [{ bought: ['special'] }, { bought: null }],
    ],
    ['that some are left', { redemptions: 3 }, [{}], [{ isSoldOut: ({ id }) => id === 'special' }]],
    [
      'several things at once',
      { countries: ['US'], devices: ['phone'] },
      [{ country: 'US', device: 'phone' }],
      [{ country: 'US' }, { device: 'phone' }],
    ],
  ] satisfies [string, Record<string, unknown>, Partial<OfferFacts>[], Partial<OfferFacts>[]][]) {
    it(`such as ${what}, gives way to the next one where that does not hold`, () => {
      const offers = [anOffer({ id: 'special', priority: 9, ...asks }), standing]
      for (const facts of fitting) assert.equal(chosen(offers, facts), 'special', JSON.stringify(facts))
      for (const facts of others) assert.equal(chosen(offers, facts), 'standing', JSON.stringify(facts))
    })
  }
})

describe('what has to be learnt to choose', () => {
  const needs = (...offers: Offer[]) => prepareWallOffers(offers)(start).needs

  it('is nothing where no offer asks anything', () => {
    assert.deepEqual(needs(sale, standing), { visit: false, history: false, bought: false })
  })

  it('is what the offers of this moment ask, and no more', () => {
    assert.equal(needs(anOffer({ countries: ['US'] })).visit, true)
    assert.equal(needs(anOffer({ audience: ['new'] })).history, true)
    assert.equal(needs(anOffer({ audience: ['ended'] })).bought, true)
    assert.equal(needs(anOffer({ oncePerReader: true })).bought, true)
    assert.equal(needs(anOffer({ audience: ['ended'], startsAt: endsAt }), standing).bought, false)
  })

  it('is nothing of offers that come after one which is always shown', () => {
    assert.equal(needs(standing, anOffer({ id: 'late', audience: ['ended'], priority: -1 })).bought, false)
  })
})
