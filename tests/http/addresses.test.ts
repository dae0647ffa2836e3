import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import request from 'supertest'
import { z } from 'zod'
import { type Service, startService } from '../support/service.ts'

let service: Service
before(async () => {
  service = await startService()
})
after(() => service.stop())

describe('the service’s addresses', () => {
  it('say that the process lives and can serve', async () => {
    await request(service.url).get('/healthz').expect(200, { status: 'ok' })
    await request(service.url).get('/readyz').expect(200, { status: 'ready' })
  })

  it('answer an unknown address with a problem', async () => {
    const { body } = await request(service.url).get('/v1/nothing').expect(404)
    assert.equal(body.code, 'not_found')
  })

  it('answer a badly encoded address with a problem', async () => {
    const { body } = await request(service.url).get('/v1/checkout/%E0%A4%A').expect(404)
    assert.equal(body.code, 'not_found')
  })

  it('say which methods they take', async () => {
    const { body, headers } = await request(service.url).get('/v1/views').expect(405)
    assert.equal(body.code, 'method_not_allowed')
    assert.equal(headers.allow, 'POST')
  })

  it('serve the script for any site’s pages', async () => {
    const { headers } = await request(service.url).get('/newsrack.js').expect(200)
    assert.match(String(headers['content-type']), /javascript/)
    assert.equal(headers['cross-origin-resource-policy'], 'cross-origin')
    assert.match(String(headers['cache-control']), /max-age=300/)
  })

  it('serve the API reference and what it draws itself with', async () => {
    const page = await request(service.url).get('/docs').expect(200)
    const parts = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => String(path))
    assert.ok(parts.length >= 4)
    for (const part of parts) await request(service.url).get(part).expect(200)
  })
})

describe('a problem', () => {
  it('leads to a page that tells its code', async () => {
    const { body } = await request(service.url).get('/nothing').expect(404)
    const [page, anchor] = String(body.type).split('#')
    const { text } = await request(service.url).get(String(page)).expect(200)
    assert.ok(text.includes(`id="${anchor}"`))
  })
})

describe('the OpenAPI document', () => {
  const operationSchema = z.looseObject({ responses: z.record(z.string(), z.unknown()), summary: z.string() })
  const documentSchema = z.looseObject({
    openapi: z.literal('3.1.0'),
    paths: z.record(z.string(), z.record(z.string(), operationSchema)),
  })

  it('tells every route of the API beside those of the console', async () => {
    const { body } = await request(service.url).get('/openapi.json').expect(200)
    const { paths } = documentSchema.parse(body)
    const told = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    )
    const others = told.filter((route) => !route.includes(' /v1/console/'))
    assert.deepEqual(others.toSorted(), [
      'delete /v1/reader',
      'delete /v1/reader/sessions/{id}',
      'get /.well-known/jwks.json',
      'get /checkout/return',
      'get /gift/{code}',
      'get /healthz',
      'get /metrics',
      'get /readyz',
      'get /v1/amp/authorization',
      'get /v1/checkout/{attempt}',
      'get /v1/offers',
      'get /v1/reader',
      'get /v1/reader/export',
      'get /v1/reader/sessions',
      'post /gift/{code}',
      'post /v1/access',
      'post /v1/amp/pingback',
      'post /v1/checkout',
      'post /v1/gifts',
      'post /v1/gifts/{gift}/revoke',
      'post /v1/previews',
      'post /v1/sign-in',
      'post /v1/sign-in/publisher',
      'post /v1/sign-out',
      'post /v1/subscription/cancel',
      'post /v1/subscription/resume',
      'post /v1/views',
      'post /v1/webhooks/stripe',
    ])
  })

  it('says what a request may hold, as it is validated', async () => {
    const { body } = await request(service.url).get('/openapi.json')
    const { schema } = body.paths['/v1/views'].post.requestBody.content['application/json']
    assert.deepEqual(Object.keys(schema.properties).toSorted(), [
      'article',
      'at',
      'campaign',
      'client',
      'gift',
      'language',
      'reader',
      'referrer',
      'site',
    ])
    assert.equal(schema.additionalProperties, false)
    assert.deepEqual(schema.required, ['article'])
    assert.deepEqual(schema.properties.article.required, ['id'])
  })
})
