import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { chooseOffer, offerStatus } from '../../src/offers/choose-offer.ts'
import { anOffer } from './examples.ts'

const startsAt = '2026-11-27T00:00:00-05:00'
const endsAt = '2026-12-02T00:00:00-05:00'
const start = Date.parse(startsAt)
const end = Date.parse(endsAt)
const sale = anOffer({ id: 'sale', startsAt, endsAt, priority: 100 })
const standing = anOffer({ id: 'standing' })

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
      const chosen = [start - 1, start, end - 1, end].map((now) => chooseOffer({ offers, now })?.id)
      assert.deepEqual(chosen, ['standing', 'sale', 'sale', 'standing'])
    }
  })

  it('is the earlier configured one of equal priority', () => {
    const offers = [anOffer({ id: 'low', priority: -1 }), anOffer({ id: 'first' }), anOffer({ id: 'second' })]
    assert.equal(chooseOffer({ offers, now: start })?.id, 'first')
  })

  it('is none where none runs', () => {
    assert.equal(chooseOffer({ offers: [sale], now: end }), null)
    assert.equal(chooseOffer({ offers: [], now: end }), null)
  })
})
