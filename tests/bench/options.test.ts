import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readOptions } from '../../bench/options.ts'

describe('the options of the benchmark', () => {
  it('are three rounds that are kept, unless said otherwise', () => {
    const { rounds, keep } = readOptions([])
    assert.equal(rounds, 3)
    assert.equal(keep, true)
    assert.equal(readOptions(['--rounds', '6', '--seconds', '8']).rounds, 6)
  })

  it('can be one quick round that is not kept', () => {
    const { rounds, keep } = readOptions(['--quick'])
    assert.equal(rounds, 1)
    assert.equal(keep, false)
  })

  it('are refused when they are none', () => {
    assert.throws(() => readOptions(['--rounds', '0']))
    assert.throws(() => readOptions(['--rounds', 'many']))
    assert.throws(() => readOptions(['--fast']))
  })
})
