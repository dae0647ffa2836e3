import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { createLanes } from '../../src/replay/lanes.ts'

type Job = { key: string; number: number }

/** Work whose jobs end when the test says so. */
function heldWork() {
  const begun: Job[] = []
  const endings: (() => void)[] = []
  const work = (job: Job) => {
    begun.push(job)
    return new Promise<void>((resolve) => endings.push(resolve))
  }
  return { begun, work, endNext: () => endings.shift()?.() }
}

// By CRC-32 these fall into different lanes of two.
const [oneLane, otherLane] = ['c', 'd']

describe('lanes', () => {
  it('begin a job only when the one before it of the same key has ended, and other keys side by side', async () => {
    const { begun, work, endNext } = heldWork()
    const lanes = createLanes({ count: 2, capacity: 5, work })
    await lanes.push(oneLane, { key: oneLane, number: 1 })
    await lanes.push(oneLane, { key: oneLane, number: 2 })
    await lanes.push(otherLane, { key: otherLane, number: 3 })
    await nextTurn()
    assert.deepEqual(
      begun.map(({ number }) => number),
      [1, 3],
    )
    endNext()
    await nextTurn()
    assert.deepEqual(
      begun.map(({ number }) => number),
      [1, 3, 2],
    )
    endNext()
    endNext()
    await lanes.drain()
  })

  it('keep whoever brings jobs waiting while the lane is full', async () => {
    const { work, endNext } = heldWork()
    const lanes = createLanes({ count: 1, capacity: 2, work })
    await lanes.push('a', { key: 'a', number: 1 })
    await lanes.push('a', { key: 'a', number: 2 })
    let accepted = false
    const third = lanes.push('a', { key: 'a', number: 3 }).then(() => {
      accepted = true
    })
    await nextTurn()
    assert.equal(accepted, false)
    endNext()
    await third
    assert.equal(accepted, true)
    endNext()
    await nextTurn()
    endNext()
    await lanes.drain()
  })

  it('begin nothing more after the first error, and hand it to whoever pushes or waits', async () => {
    const begun: number[] = []
    const lanes = createLanes<number>({
      count: 1,
      capacity: 5,
      work: async (number) => {
        begun.push(number)
        throw new Error(`job ${number}`)
      },
    })
    await lanes.push('a', 1)
    await lanes.push('a', 2)
    await assert.rejects(lanes.drain(), { message: 'job 1' })
    await assert.rejects(lanes.push('a', 3), { message: 'job 1' })
    assert.deepEqual(begun, [1])
  })
})
