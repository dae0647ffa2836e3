import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { createSoldOut } from '../../src/offers/sold-out.ts'
import { anOffer } from './examples.ts'

function aShop() {
  const shop = { taken: 0, questions: 0, nowMs: 1_000_000, away: false, failures: 0 }
  const isSoldOut = createSoldOut({
    async redemptions() {
      shop.questions += 1
      if (shop.away) throw new Error('away')
      return shop.taken
    },
    now: () => shop.nowMs,
    onFailure: () => {
      shop.failures += 1
    },
  })
  return { shop, isSoldOut }
}

const three = anOffer({ redemptions: 3 })

describe('an offer of which only so many are sold', () => {
  it('is sold out for walls some seconds after the last one was taken, at the latest', async () => {
    const { shop, isSoldOut } = aShop()
    assert.equal(isSoldOut(three), false)
    await setImmediate()
    shop.taken = 3
    assert.equal(isSoldOut(three), false)
    shop.nowMs += 5_000
    isSoldOut(three)
    await setImmediate()
    assert.equal(isSoldOut(three), true)
  })

  it('can be had again when somebody gives theirs back', async () => {
    const { shop, isSoldOut } = aShop()
    shop.taken = 3
    isSoldOut(three)
    await setImmediate()
    assert.equal(isSoldOut(three), true)
    shop.taken = 2
    shop.nowMs += 5_000
    isSoldOut(three)
    await setImmediate()
    assert.equal(isSoldOut(three), false)
  })

  it('is asked about once in some seconds, however many walls show it', async () => {
    const { shop, isSoldOut } = aShop()
    for (let wall = 0; wall < 100; wall += 1) isSoldOut(three)
    await setImmediate()
    for (let wall = 0; wall < 100; wall += 1) isSoldOut(three)
    assert.equal(shop.questions, 1)
  })

  it('stays as it was last known while the store is away', async () => {
    const { shop, isSoldOut } = aShop()
    shop.taken = 3
    isSoldOut(three)
    await setImmediate()
    shop.away = true
    shop.nowMs += 5_000
    isSoldOut(three)
    await setImmediate()
    assert.deepEqual([isSoldOut(three), shop.failures], [true, 1])
  })

  it('costs nothing where no total is set', () => {
    const { shop, isSoldOut } = aShop()
    assert.equal(isSoldOut(anOffer()), false)
    assert.equal(shop.questions, 0)
  })
})
