import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { pinned, placementFor } from '../../bench/placement.ts'

describe('the place of a measured server', () => {
  it('is a core of its own, with the load on another', () => {
    assert.deepEqual(placementFor(1, [0, 1]), { servers: [0], load: [1] })
  })

  it('is a core for each of two where there are four, and shared where there are two', () => {
    assert.deepEqual(placementFor(2, [0, 1, 2, 3]), { servers: [0, 1], load: [2, 3] })
    assert.deepEqual(placementFor(2, [0, 1]), { servers: [0, 1], load: [0, 1] })
  })

  it('is anywhere on a machine that cannot pin', () => {
    assert.equal(placementFor(1, []), null)
    assert.deepEqual(pinned(undefined, 'node', ['a.ts']), { command: 'node', args: ['a.ts'] })
  })
})
