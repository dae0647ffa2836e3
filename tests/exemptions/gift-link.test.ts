import assert from 'node:assert/strict'
import { appendFile, cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, it } from 'node:test'
import request from 'supertest'
import { openSqliteStores } from '../../src/stores/open.sqlite.ts'
import { anAccess, anAccessWrite } from '../subscriptions/examples.ts'
import { newReader } from '../support/reader-token.ts'
import { type Service, startService } from '../support/service.ts'

const secret = 'a secret of at least thirty-two characters'
const premium = { id: 'flood-aid', class: 'premium' }

let service: Service
let configDir: string
before(async () => {
  configDir = await mkdtemp(join(tmpdir(), 'newsrack-config-'))
  await cp('config', configDir, { recursive: true })
  await appendFile(join(configDir, 'sites.yaml'), '  gifts: { aMonth: 1, readers: 1, days: 5 }\n')
  service = await startService({ environment: { CONFIG_DIR: configDir, NEWSRACK_SECRET: secret } })
})
after(async () => {
  await service.stop()
  await rm(configDir, { recursive: true, force: true })
})

async function aSubscriber(): Promise<string> {
  const { readerId, token } = newReader(secret, Date.now())
  const stores = openSqliteStores(join(service.dataDir, 'newsrack.sqlite'), Date.now)
  await stores.subscriptions.saveAccess(anAccessWrite({ reader: `demo:${readerId}`, access: anAccess() }))
  await stores.close()
  return token
}

it('an article given away opens to the friend who follows the link, and to nobody after them', async () => {
  const subscriber = request.agent(service.url).set('Cookie', `newsrack_reader=${await aSubscriber()}`)
  const { body: gift } = await subscriber
    .post('/v1/gifts')
    .send({ article: { id: premium.id, url: '/flood-aid' } })
    .expect(201)
  const token = new URL(gift.url).searchParams.get('gift')
  const [friend, other] = [request.agent(service.url), request.agent(service.url)]
  const reasonFor = async (browser: typeof friend, address: '/v1/views' | '/v1/access') => {
    const { body } = await browser.post(address).send({ article: premium, gift: token }).expect(200)
    return body.reason
  }

  assert.equal(await reasonFor(subscriber, '/v1/views'), 'subscriber')
  assert.equal(await reasonFor(other, '/v1/access'), 'gift')
  assert.equal(await reasonFor(friend, '/v1/views'), 'gift')
  assert.equal(await reasonFor(other, '/v1/views'), 'subscription_required')
  assert.equal(await reasonFor(friend, '/v1/views'), 'gift')

  await subscriber.post(`/v1/gifts/${gift.gift}/revoke`).expect(204)
  assert.equal(await reasonFor(friend, '/v1/views'), 'subscription_required')
})
