import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { assign } from '../../src/experiments/assign.ts'
import { groupsOf } from '../../src/experiments/experiment.ts'

const groups = groupsOf({
  variants: [
    { id: 'three', share: 30 },
    { id: 'four', share: 20 },
  ],
  holdback: { of: 'offers', share: 5 },
})
const readers = Array.from({ length: 20_000 }, (_, index) => `demo:reader-${index}`)

describe('the groups of an experiment', () => {
  it('are the variants, the holdback, and the control group of all others', () => {
    assert.deepEqual(groups, [
      { id: 'control', share: 45 },
      { id: 'three', share: 30 },
      { id: 'four', share: 20 },
      { id: 'holdback', share: 5 },
    ])
  })

  it('keep a reader for good', () => {
    for (const reader of readers.slice(0, 100)) {
      assert.equal(assign('limit', groups, reader), assign('limit', groups, reader))
    }
  })

  it('are as large as their shares', () => {
    const counted = Map.groupBy(readers, (reader) => assign('limit', groups, reader))
    for (const { id, share } of groups) {
      const percent = ((counted.get(id)?.length ?? 0) / readers.length) * 100
      assert.ok(Math.abs(percent - share) < 1, `${id}: ${percent} %`)
    }
  })

  it('of one experiment say nothing of those of another', () => {
    const three = readers.filter((reader) => assign('limit', groups, reader) === 'three')
    const both = three.filter((reader) => assign('price', groups, reader) === 'three')
    assert.ok(Math.abs(both.length / three.length - 0.3) < 0.02, `${both.length} of ${three.length}`)
  })
})
