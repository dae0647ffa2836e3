import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Access } from '../../src/subscriptions/access.ts'
import { anAccess, anAccessWrite, anAttempt } from '../subscriptions/examples.ts'
import { everyStore } from './stores.ts'

let readers = 0
function aReader(): string {
  readers += 1
  return `demo:buyer-${readers}`
}

for (const { name, stores } of everyStore()) {
  describe(`the subscription store on ${name}`, () => {
    const write = (reader: string, subscription: string, access: Access | null, ticket: number) =>
      stores().subscriptions.saveAccess(anAccessWrite({ reader, subscription, access, ticket }))

    it('gives back an attempt as it was written', async () => {
      const attempt = anAttempt({ id: `at_${name}` })
      await stores().subscriptions.saveAttempt(attempt)
      assert.deepEqual(await stores().subscriptions.attempt(attempt.id), attempt)
    })

    it('knows no attempt that was never made', async () => {
      assert.equal(await stores().subscriptions.attempt('at_nobody'), null)
    })

    it('notes the session of an attempt and how it ended, and never un-ends it', async () => {
      const attempt = anAttempt({ id: `at_${name}_ended` })
      await stores().subscriptions.saveAttempt(attempt)
      await stores().subscriptions.attemptOpened(attempt.id, 'cs_1')
      await stores().subscriptions.attemptEnded(attempt.id, 'complete')
      await stores().subscriptions.attemptEnded(attempt.id, 'expired')
      assert.deepEqual(await stores().subscriptions.attempt(attempt.id), {
        ...attempt,
        session: 'cs_1',
        status: 'complete',
      })
    })

    it('gives nobody access who has none', async () => {
      assert.equal(await stores().subscriptions.access(aReader()), null)
    })

    it('gives tickets that only grow', async () => {
      const first = await stores().subscriptions.takeTicket()
      assert.ok((await stores().subscriptions.takeTicket()) > first)
    })

    it('refuses an older answer that arrives late', async () => {
      const reader = aReader()
      assert.equal(await write(reader, 'sub_a', null, 6), 'same')
      assert.equal(await write(reader, 'sub_a', anAccess(), 5), 'older')
      assert.equal(await stores().subscriptions.access(reader), null)
    })

    it('takes access away when a newer answer says so', async () => {
      const reader = aReader()
      await write(reader, 'sub_a', anAccess(), 1)
      assert.deepEqual(await stores().subscriptions.access(reader), anAccess())
      await write(reader, 'sub_a', null, 2)
      assert.equal(await stores().subscriptions.access(reader), null)
      assert.equal((await stores().meter.readerFacts(reader)).access, null)
    })

    it('does not let the end of an old subscription take away a new one', async () => {
      const reader = aReader()
      const renewed = anAccess({ subscription: 'sub_new' })
      await write(reader, 'sub_old', anAccess({ subscription: 'sub_old', untilMs: 5 }), 1)
      await write(reader, 'sub_new', renewed, 2)
      await write(reader, 'sub_old', null, 3)
      assert.deepEqual(await stores().subscriptions.access(reader), renewed)
    })

    it('of two subscriptions, shows the one that gives access for longest', async () => {
      const reader = aReader()
      const longer = anAccess({ subscription: 'sub_b', untilMs: Date.UTC(2030, 0, 1) })
      await write(reader, 'sub_b', longer, 1)
      await write(reader, 'sub_a', anAccess(), 2)
      assert.deepEqual(await stores().subscriptions.access(reader), longer)
      assert.deepEqual((await stores().meter.readerFacts(reader)).access, {
        standing: 'subscriber',
        untilMs: Date.UTC(2030, 0, 1),
      })
    })
  })
}
