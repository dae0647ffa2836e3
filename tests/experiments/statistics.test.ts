import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { differenceOf, shareOf } from '../../src/experiments/statistics.ts'

/** Numbers that look random and are the same in every run (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

describe('a share', () => {
  it('is told with what it surely lies between, the closer the more readers there were', () => {
    const few = shareOf({ some: 5, all: 50, tunedTo: 1000 })
    const many = shareOf({ some: 500, all: 5000, tunedTo: 1000 })
    assert.equal(few.value, 0.1)
    assert.ok(few.low < 0.1 && few.high > 0.1)
    assert.ok(many.high - many.low < few.high - few.low)
    assert.ok(many.low > 0.07 && many.high < 0.13)
  })

  it('of nobody says nothing', () => {
    assert.deepEqual(shareOf({ some: 0, all: 0, tunedTo: 1000 }), { value: 0, low: 0, high: 1 })
  })
})

describe('a difference between two groups', () => {
  it('that is large is told from none', () => {
    const { value, low } = differenceOf({ some: 300, all: 3000 }, { some: 150, all: 3000 }, { tunedTo: 1000 })
    assert.equal(value, 0.05)
    assert.ok(low > 0, `${low}`)
  })

  it('of two groups that are alike is claimed in at most one of twenty experiments, though one looks every day', () => {
    const random = createRandom(7)
    const experiments = 400
    let claimed = 0
    for (let experiment = 0; experiment < experiments; experiment += 1) {
      const one = { some: 0, all: 0 }
      const other = { some: 0, all: 0 }
      for (let day = 0; day < 40; day += 1) {
        for (let reader = 0; reader < 100; reader += 1) {
          one.all += 1
          other.all += 1
          if (random() < 0.1) one.some += 1
          if (random() < 0.1) other.some += 1
        }
        const { low, high } = differenceOf(one, other, { tunedTo: 1000 })
        if (low > 0 || high < 0) {
          claimed += 1
          break
        }
      }
    }
    assert.ok(claimed <= experiments * 0.05, `${claimed} of ${experiments}`)
  })
})
