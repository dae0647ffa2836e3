import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readerOf } from '../../src/replay/reader-of.ts'

const host = '192.0.2.1'

describe('the reader a log shows', () => {
  it('is an address with a user agent', () => {
    assert.equal(readerOf({ host, userAgent: 'Agent/1.0' }).id, '192.0.2.1 Agent/1.0')
    assert.equal(readerOf({ host, userAgent: null }).id, '192.0.2.1 -')
  })

  it('is another one behind the same address with another user agent', () => {
    assert.notEqual(readerOf({ host, userAgent: 'A' }).key, readerOf({ host, userAgent: 'B' }).key)
  })

  const crawlers = [
    'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
    'Mozilla/5.0 (compatible; archive.org_bot +http://example.org/details)',
    'Mozilla/5.0 (compatible; Yahoo! Slurp; http://help.example.org)',
    'Baiduspider/2.0',
    'msnbot-media/1.1',
    'SomeCrawler',
  ]
  for (const userAgent of crawlers) {
    it(`calls itself a crawler as ${userAgent}`, () => {
      assert.equal(readerOf({ host, userAgent }).callsItselfCrawler, true)
    })
  }

  for (const userAgent of ['Mozilla/5.0 (Linux; Android 12; CUBOT NOTE 20)', 'Bottle/0.12', null]) {
    it(`does not call itself a crawler as ${userAgent}`, () => {
      assert.equal(readerOf({ host, userAgent }).callsItselfCrawler, false)
    })
  }
})
