import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { together } from '../../src/stores/together.ts'

describe('questions to the store', () => {
  it('of one turn share a call, each with its own answer', async () => {
    const calls: (readonly number[])[] = []
    const double = together({
      most: 16,
      askAll: async (numbers: readonly number[]) => {
        calls.push(numbers)
        return numbers.map((number) => number * 2)
      },
      read: (reply) => reply,
    })
    assert.deepEqual(await Promise.all([1, 2, 3].map(double)), [2, 4, 6])
    assert.deepEqual(await double(4), 8)
    assert.deepEqual(calls, [[1, 2, 3], [4]])
  })

  it('share it with so many others at the most', async () => {
    const sizes: number[] = []
    const echo = together({
      most: 2,
      askAll: async (numbers: readonly number[]) => {
        sizes.push(numbers.length)
        return numbers
      },
      read: (reply) => reply,
    })
    assert.deepEqual(await Promise.all([1, 2, 3, 4, 5].map(echo)), [1, 2, 3, 4, 5])
    assert.deepEqual(sizes, [2, 2, 1])
  })

  it('share its failure', async () => {
    const ask = together({
      most: 16,
      askAll: (_: readonly number[]): Promise<number[]> => Promise.reject(new Error('away')),
      read: (reply) => reply,
    })
    for (const outcome of await Promise.allSettled([ask(1), ask(2)])) {
      assert.equal(outcome.status === 'rejected' && outcome.reason.message, 'away')
    }
  })

  it('fail when what comes back is no answer to them', async () => {
    const ask = together({
      most: 16,
      askAll: async (_: readonly number[]): Promise<number[]> => JSON.parse('null'),
      read: (reply) => reply,
    })
    for (const { status } of await Promise.allSettled([ask(1), ask(2)])) assert.equal(status, 'rejected')
  })

  it('are not harmed by an answer to another that cannot be read', async () => {
    const ask = together({
      most: 16,
      askAll: async (numbers: readonly number[]) => numbers,
      read(reply) {
        if (reply === 13) throw new Error('unreadable')
        return reply
      },
    })
    const [bad, good] = await Promise.allSettled([ask(13), ask(14)])
    assert.equal(bad?.status === 'rejected' && bad.reason.message, 'unreadable')
    assert.deepEqual(good, { status: 'fulfilled', value: 14 })
  })
})
