import assert from 'node:assert/strict'
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import request from 'supertest'
import { type Service, siteKey, startService } from '../support/service.ts'

let service: Service
let configDir: string
before(async () => {
  configDir = await mkdtemp(join(tmpdir(), 'newsrack-config-'))
  await cp('config', configDir, { recursive: true })
  await writeFile(
    join(configDir, 'exemptions.yaml'),
    `
- { id: library, kind: network, networks: [192.0.2.0/24, '2001:db8:5::/48'] }
- { id: search, kind: referrer, hosts: [example.com], allowance: { articles: 1, window: day } }
- { id: letter, kind: campaign, tokens: [letter-7], allowance: { articles: 1, window: month } }
- { id: office, kind: staff, networks: [198.51.100.7] }
- { id: scraper, kind: blocked, networks: [203.0.113.0/24] }
`,
  )
  service = await startService({ environment: { CONFIG_DIR: configDir, TRUST_PROXY: 'loopback' } })
})
after(async () => {
  await service.stop()
  await rm(configDir, { recursive: true, force: true })
})

const from = (address: string) => request(service.url).post('/v1/views').set('X-Forwarded-For', address)
const premium = { article: { id: 'a', class: 'premium' } }

async function reason(response: request.Test): Promise<string> {
  const { body } = await response.expect(200)
  return body.reason
}

describe('who is not counted (spec rule 8)', () => {
  it('a library’s readers, in IPv4 and IPv6, behind the trusted proxy', async () => {
    assert.equal(await reason(from('192.0.2.9').send(premium)), 'network')
    assert.equal(await reason(from('2001:db8:5::1').send(premium)), 'network')
    assert.equal(await reason(from('192.0.3.9').send(premium)), 'subscription_required')
  })

  it('no reader who only says that they come from there', async () => {
    assert.equal(await reason(from('192.0.2.9, 192.0.3.9').send(premium)), 'subscription_required')
  })

  it('the publisher’s own office', async () => {
    assert.equal(await reason(from('198.51.100.7').send(premium)), 'staff')
  })

  it('readers from a search engine, within their allowance; then the meter counts them as ever', async () => {
    const browser = request.agent(service.url)
    const open = async (id: string, referrer?: string) =>
      reason(browser.post('/v1/views').send({ article: { id }, referrer }))
    assert.equal(await open('a', 'https://www.example.com/search?q=x'), 'referrer')
    assert.equal(await open('a'), 'reread')
    assert.equal(await open('b', 'https://www.example.com/'), 'metered')
    const { body } = await browser.get('/v1/reader')
    assert.equal(body.meters[0].used, 1)
  })

  it('readers who come by a campaign’s link, within its allowance', async () => {
    const browser = request.agent(service.url)
    const open = (id: string) =>
      reason(browser.post('/v1/views').send({ article: { id }, campaign: 'letter-7' }))
    assert.equal(await open('a'), 'referrer')
    assert.equal(await open('b'), 'metered')
  })

  it('a publisher’s server says for whom it speaks', async () => {
    const asServer = (body: object) =>
      request(service.url)
        .post('/v1/views')
        .set('Authorization', `Bearer ${siteKey}`)
        .send({ ...premium, ...body })
    const reader = { id: 'anna' }
    assert.equal(await reason(asServer({ reader, client: { address: '192.0.2.9' } })), 'network')
    assert.equal(await reason(asServer({ reader: { ...reader, staff: true } })), 'staff')
  })

  it('staff with a preview token, and nobody with a forged one', async () => {
    const { body } = await request(service.url)
      .post('/v1/previews')
      .set('Authorization', `Bearer ${siteKey}`)
      .send({})
      .expect(201)
    const preview = (token: string) =>
      request(service.url).post('/v1/views').set('Newsrack-Preview', token).send(premium)
    assert.equal(await reason(preview(body.token)), 'staff')
    assert.equal(await reason(preview(`${body.token}x`)), 'subscription_required')
  })

  it('a blocked network is refused an answer', async () => {
    const { body } = await from('203.0.113.5').send(premium).expect(403)
    assert.equal(body.code, 'network_blocked')
  })
})
