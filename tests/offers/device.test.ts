import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { deviceOf } from '../../src/offers/device.ts'

const agents = {
  'Chrome on an Android phone': [
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36',
    'phone',
  ],
  'Chrome on an Android tablet': [
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
    'tablet',
  ],
  'Safari on an iPhone': [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1',
    'phone',
  ],
  'Safari on an iPad that asks for mobile pages': [
    'Mozilla/5.0 (iPad; CPU OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1',
    'tablet',
  ],
  'Firefox on a tablet': ['Mozilla/5.0 (Android 15; Tablet; rv:140.0) Gecko/140.0 Firefox/140.0', 'tablet'],
  'Firefox on Windows': [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0',
    'desktop',
  ],
  'Safari on a Mac': [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15',
    'desktop',
  ],
} as const

describe('the device of a reader', () => {
  for (const [browser, [userAgent, device]] of Object.entries(agents)) {
    it(`is a ${device} for ${browser}`, () => {
      assert.equal(deviceOf({ userAgent, mobileHint: null }), device)
    })
  }

  it('is a phone where the browser’s hint says so, whatever its user agent', () => {
    assert.equal(deviceOf({ userAgent: agents['Safari on a Mac'][0], mobileHint: '?1' }), 'phone')
  })

  it('is not known where nothing is said', () => {
    assert.equal(deviceOf({ userAgent: null, mobileHint: null }), null)
  })
})
