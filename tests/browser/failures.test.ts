import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import type { Browser } from 'playwright-core'
import { openBrowser } from '../support/browser.ts'
import { stopped } from './answers.ts'
import { type Newsstand, openNewsstand, type Reply } from './newsstand.ts'
import { answered, assertUntouched, visit } from './visit.ts'

describe('when something is wrong', () => {
  let browser: Browser
  let stand: Newsstand

  before(async () => {
    ;[browser, stand] = await Promise.all([openBrowser(), openNewsstand()])
  })
  after(async () => {
    await browser.close()
    await stand.close()
  })
  beforeEach(() => stand.clear())

  for (const selector of ['.no-such-thing', 'p >> nonsense', '']) {
    it(`tells the developer once of the content selector "${selector}" and leaves the page alone`, async () => {
      stand.reply('/v1/views', { body: stopped })
      stand.print({ attributes: `data-article="a" data-content="${selector}"` })
      await using reader = await visit({ browser, stand })
      await answered(reader.page)
      assert.deepEqual(reader.said, [
        `error: Newsrack: data-content="${selector}" finds no element, so the article stays open.`,
      ])
      await assertUntouched(reader.page)
    })
  }

  const failures: [string, Reply, RegExp][] = [
    ['fails', { status: 500, body: 'Internal Server Error' }, /^info: Newsrack: no answer \(status 500\)/],
    [
      'fails and says so',
      { status: 503, body: { code: 'unavailable', detail: 'Later.' } },
      /^info: Newsrack: no answer \(Later\.\)/,
    ],
    ['answers what is no JSON', { body: '{"granted": fal' }, /^info: Newsrack: no answer \(SyntaxError/],
    [
      'answers something else',
      { body: { hello: 'world' } },
      /^info: Newsrack: no answer \(an answer it does not/,
    ],
    [
      'refuses to be shown in words',
      { body: { ...stopped, meter: { limit: 5, left: 0, resetsAt: 'soon' } } },
      /^info: Newsrack: no answer \(RangeError/,
    ],
    ['does not answer in time', { hang: true }, /^info: Newsrack: no answer \(TimeoutError/],
    [
      'refuses the request',
      {
        status: 400,
        body: {
          code: 'invalid_request',
          detail: 'The request is not as expected.',
          errors: [{ field: 'article.class', expected: 'one of free, metered' }],
        },
      },
      /^error: Newsrack: The request is not as expected\. article\.class: one of free, metered\. The article stays open\.$/,
    ],
  ]
  for (const [what, reply, expected] of failures) {
    it(`leaves the article open when the service ${what}`, async () => {
      stand.reply('/v1/views', reply)
      await using reader = await visit({ browser, stand })
      await reader.newsrackSpoke()
      const own = reader.said.filter((line) => line.includes('Newsrack'))
      assert.equal(own.length, 1)
      assert.match(own[0] ?? '', expected)
      await assertUntouched(reader.page)
    })
  }

  it('leaves the article open when the service is down', async () => {
    await using reader = await visit({
      browser,
      stand,
      prepare: (page) => page.route('**/v1/views', (route) => route.abort('connectionrefused')),
    })
    await reader.newsrackSpoke()
    assert.ok(reader.said.some((line) => line.startsWith('info: Newsrack: no answer (TypeError')))
    await assertUntouched(reader.page)
  })
})
