import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type Service, startService } from '../support/service.ts'
import { adminAt, type Browser } from './desk.ts'

let service: Service
let ann: Browser
before(async () => {
  service = await startService()
  ann = await adminAt(service)
})
after(() => service.stop())

describe('a draft', () => {
  it('begins with what rules, and changes nothing by itself', async () => {
    const { body: draft } = await ann.post('drafts', { title: 'Autumn' }).expect(201)
    assert.deepEqual([draft.base, draft.changes, draft.problems], [1, [], []])
    const { body } = await ann.get(`drafts/${draft.id}/entries?kind=offers`).expect(200)
    assert.deepEqual(
      body.entries.map(({ key }: { key: string }) => key),
      ['25c-for-5-months', 'come-back', 'standing', 'stay', 'year-as-a-gift'],
    )
  })
})
