import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import express from 'express'
import request from 'supertest'
import { grantGuard } from '../../src/verify/express.ts'
import { type KeyServer, startKeyServer } from './key-server.ts'

let service: KeyServer
let paper: ReturnType<typeof publishersServer>
before(async () => {
  service = await startKeyServer()
  paper = publishersServer()
})
after(() => service.stop())

/** What a publisher writes: the text of two articles, behind the guard. */
function publishersServer() {
  const texts = new Map([
    ['a', { class: 'metered', text: '<p>The rest of it.</p>' }],
    ['p', { class: 'premium', text: '<p>For subscribers.</p>' }],
  ] as const)
  const find = (id: string) => [...texts].find(([known]) => known === id)?.[1]
  const app = express()
  app.get(
    '/text/:id',
    grantGuard<express.Request<{ id: string }>>({
      service: service.url,
      site: 'demo',
      now: service.now,
      articleOf({ params: { id } }) {
        const found = find(id)
        return found === undefined ? null : { id, class: found.class }
      },
    }),
    ({ params: { id } }, response) => {
      const found = find(id)
      if (found === undefined) response.sendStatus(404)
      else response.send(found.text)
    },
  )
  return request(app)
}

describe('a publisher’s Express server', () => {
  it('gives the text to who has a grant, and to no cache', async () => {
    const response = await paper.get('/text/a').set('Authorization', `Bearer ${service.grantFor('a')}`)
    assert.equal(response.text, '<p>The rest of it.</p>')
    assert.equal(response.headers['cache-control'], 'private, no-store')
    assert.equal(response.headers.vary, 'Authorization')
  })

  it('refuses everyone else with a problem that says why', async () => {
    const without = await paper.get('/text/a').expect(401)
    assert.equal(without.body.code, 'grant_missing')
    assert.equal(without.headers['www-authenticate'], 'Bearer')
    assert.ok(!without.text.includes('The rest of it'))
    const wrong = await paper
      .get('/text/p')
      .set('Authorization', `Bearer ${service.grantFor('p')}`)
      .expect(403)
    assert.equal(wrong.body.code, 'grant_invalid')
    assert.equal(wrong.headers['cache-control'], 'no-store')
  })

  it('tells a grant that has ended, so that the page asks for another', async () => {
    const grant = service.grantFor('a')
    service.clock.now += 6 * 60_000
    const { body, headers } = await paper.get('/text/a').set('Authorization', `Bearer ${grant}`).expect(401)
    assert.equal(body.code, 'grant_expired')
    assert.equal(headers['www-authenticate'], 'Bearer error="invalid_token"')
  })

  it('says itself that an article is not there', async () => {
    await paper.get('/text/unknown').expect(404)
  })
})
