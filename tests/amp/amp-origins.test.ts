import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ampOrigins, cacheLabel } from '../../src/amp/amp-origins.ts'

describe('the host that an AMP cache has for a publisher', () => {
  it('is the publisher’s, as one label: the examples of AMP’s own document', () => {
    for (const [host, label] of [
      ['example.com', 'example-com'],
      ['foo.example.com', 'foo-example-com'],
      ['foo-example.com', 'foo--example-com'],
      ['xn--57hw060o.com', 'xn---com-p33b41770a'],
      ['en-us.example.com', '0-en--us-example-com-0'],
    ] as const) {
      assert.equal(cacheLabel(host), label)
    }
  })

  it('is a hash where the label would be too long', () => {
    const label = cacheLabel(`${'very-long-name.'.repeat(5)}example.com`)
    assert.match(label, /^[a-z2-7]{52}$/)
  })

  it('is added to the publisher’s own origins, for each cache, and for names only', () => {
    assert.deepEqual(
      [...ampOrigins(new Set(['https://www.example.com', 'http://localhost:3000']))],
      [
        'https://www.example.com',
        'http://localhost:3000',
        'https://www-example-com.cdn.ampproject.org',
        'https://www-example-com.www.bing-amp.com',
      ],
    )
  })
})
