import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import request from 'supertest'
import { resultsSchema } from '../../src/experiments/results.ts'
import { configFolder } from '../support/config-folder.ts'
import { type Service, siteKey, startService } from '../support/service.ts'
import { adminAt, type Browser } from './desk.ts'

const experiments = `
- id: two
  hypothesis: Whoever meets the wall earlier subscribes more often.
  variants:
    - { id: two, share: 50, meters: { default: { anonymous: 2, registered: 2 } } }
  holdback: { of: offers, share: 20 }
  readersWanted: 100
`

describe('an experiment', () => {
  let service: Service
  let admin: Browser
  let folder: Awaited<ReturnType<typeof configFolder>>

  before(async () => {
    folder = await configFolder({ experiments })
    service = await startService({ environment: { CONFIG_DIR: folder.path } })
    admin = await adminAt(service)
  })
  after(async () => {
    await service.stop()
    await folder.remove()
  })

  async function view(reader: string, article: string) {
    const { body } = await request(service.url)
      .post('/v1/views')
      .set('Authorization', `Bearer ${siteKey}`)
      .send({ article: { id: article }, reader: { id: reader } })
      .expect(200)
    return body
  }

  it('shows each reader the limit of their group, always the same, and no offer to the holdback', async () => {
    const met = new Map<string, number>()
    for (let reader = 0; reader < 40; reader += 1) {
      const first = await view(`reader ${reader}`, 'one')
      const again = await view(`reader ${reader}`, 'two')
      assert.equal(again.meter.limit, first.meter.limit)
      await view(`reader ${reader}`, 'three')
      for (const article of ['four', 'five']) await view(`reader ${reader}`, article)
      const last = await view(`reader ${reader}`, 'six')
      assert.equal(last.granted, false)
      const group = first.meter.limit === 2 ? 'two' : last.offer === null ? 'holdback' : 'control'
      met.set(group, (met.get(group) ?? 0) + 1)
    }
    assert.deepEqual([...met.keys()].sort(), ['control', 'holdback', 'two'])
  })

  it('tells what its groups did, and concludes nothing while they are small', async () => {
    const listed = await admin.get('experiments').expect(200)
    assert.deepEqual(
      listed.body.experiments.map(
        ({ id, status, groups }: { id: string; status: string; groups: unknown }) => ({
          id,
          status,
          groups,
        }),
      ),
      [
        {
          id: 'two',
          status: 'running',
          groups: [
            { id: 'control', share: 30 },
            { id: 'two', share: 50 },
            { id: 'holdback', share: 20 },
          ],
        },
      ],
    )
    for (;;) {
      const { body } = await admin.get('experiments/demo/two').expect(200)
      const { groups } = resultsSchema.parse(body)
      if (groups.reduce((sum, { readers }) => sum + readers, 0) < 40) {
        await new Promise((resolve) => setTimeout(resolve, 100))
        continue
      }
      for (const { group, stopped, against } of groups) {
        assert.equal(stopped.value, 1)
        if (group !== 'control') assert.equal(against?.stopped.verdict, 'too_early')
      }
      return
    }
  })

  it('is named where there is none', async () => {
    await admin.get('experiments/demo/nothing').expect(404)
  })

  it('can be ended in a draft, and everyone then meets the rules as they are', async () => {
    const { body: draft } = await admin.post('drafts', { title: 'End it' }).expect(201)
    const { body } = await admin.get(`drafts/${draft.id}/entries?kind=experiments`).expect(200)
    const [{ key, etag, entry }] = body.entries
    await admin
      .put(`drafts/${draft.id}/entries/experiments/${key}`, { entry: { ...entry, status: 'ended' }, etag })
      .expect(200)
    await admin.post(`drafts/${draft.id}/publish`, { why: 'It has shown enough' }).expect(200)
    const limits = new Set<number>()
    for (let reader = 100; reader < 120; reader += 1) {
      limits.add((await view(`reader ${reader}`, 'one')).meter.limit)
    }
    assert.deepEqual([...limits], [5])
  })
})
