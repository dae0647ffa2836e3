import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { collisionProbability, median, percentile, rotated, spread } from '../../bench/statistics.ts'

describe('the figures of the benchmark', () => {
  it('are medians: the middle one, or the mean of the two in the middle', () => {
    assert.equal(median([3, 1, 2]), 2)
    assert.equal(median([4, 1, 2, 3]), 2.5)
    assert.deepEqual(spread([30, 10, 20]), { median: 20, least: 10, most: 30 })
    assert.throws(() => median([]))
  })

  it('have percentiles by nearest rank', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => index + 1)
    assert.equal(percentile(hundred, 50), 50)
    assert.equal(percentile(hundred, 99), 99)
    assert.equal(percentile([7], 99), 7)
  })

  it('come from rounds of which each begins with another', () => {
    assert.deepEqual(rotated(['a', 'b', 'c'], 0), ['a', 'b', 'c'])
    assert.deepEqual(rotated(['a', 'b', 'c'], 4), ['b', 'c', 'a'])
    assert.deepEqual(rotated([], 2), [])
  })

  it('give the probability that two articles share a fingerprint', () => {
    assert.equal(collisionProbability(1, 32), 0)
    assert.equal(collisionProbability(2, 1), 0.5)
    assert.equal(collisionProbability(2, 32), 2 ** -32)
    assert.ok(Math.abs(collisionProbability(50, 32) / (1225 / 2 ** 32) - 1) < 1e-3)
  })
})
