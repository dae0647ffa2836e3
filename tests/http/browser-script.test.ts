import assert from 'node:assert/strict'
import { request } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { after, before, describe, it } from 'node:test'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { type Service, startService } from '../support/service.ts'

describe('the script as the service sends it', () => {
  let service: Service

  before(async () => {
    service = await startService()
  })
  after(() => service.stop())

  /** Undecoded, which fetch does not give. */
  async function load(path: string, encoding: string) {
    return await new Promise<{ headers: NodeJS.Dict<string | string[]>; body: Buffer }>((resolve, reject) => {
      const asked = request(service.url + path, { headers: { 'accept-encoding': encoding } }, (response) => {
        buffer(response).then((body) => resolve({ headers: response.headers, body }), reject)
      })
      asked.on('error', reject)
      asked.end()
    })
  }

  it('is compressed as the browser can read it, 10 kB at the most, and the same in each form', async () => {
    const plain = await load('/newsrack.js', 'identity')
    const gzip = await load('/newsrack.js', 'gzip')
    const brotli = await load('/newsrack.js', 'gzip, deflate, br')
    assert.ok(
      gzip.body.length <= 10_000 && brotli.body.length < gzip.body.length,
      `${gzip.body.length} bytes`,
    )
    assert.equal(gzip.headers['content-encoding'], 'gzip')
    assert.equal(brotli.headers['content-encoding'], 'br')
    assert.ok(gunzipSync(gzip.body).equals(plain.body))
    assert.ok(brotliDecompressSync(brotli.body).equals(plain.body))
  })

  it('may be loaded by any site, by its hash too, and kept for five minutes', async () => {
    const { headers } = await load('/newsrack.js', 'br')
    assert.equal(headers['content-type'], 'text/javascript; charset=utf-8')
    assert.equal(headers['access-control-allow-origin'], '*')
    assert.equal(headers['cross-origin-resource-policy'], 'cross-origin')
    assert.equal(headers['cache-control'], 'public, max-age=300')
    assert.equal(headers.vary, 'Accept-Encoding')
  })

  it('comes with its types', async () => {
    const { headers, body } = await load('/newsrack.d.ts', 'identity')
    assert.equal(headers['content-type'], 'text/plain; charset=utf-8')
    assert.match(body.toString(), /export interface NewsrackEvents/)
  })
})
