import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import type { Browser } from 'playwright-core'
import { openBrowser } from '../support/browser.ts'
import { metered, stopped } from './answers.ts'
import { type Newsstand, openNewsstand, type Reply } from './newsstand.ts'
import { answered, assertUntouched, turnTo, visit } from './visit.ts'

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

  const failures: [string, Reply, RegExp][] = [
    ['fails', { status: 500, body: 'Internal Server Error' }, /^info: Newsrack: no answer \(status 500\)/],
    [
      'fails and says so',
      { status: 503, body: { code: 'unavailable', detail: 'Later.' } },
      /^info: Newsrack: no answer \(Later\.\)/,
    ],
    [
      'answers what is no JSON',
      { body: '{"granted": fal' },
      /^info: Newsrack: no answer \(an answer it does not/,
    ],
    [
      'answers something else',
      { body: { hello: 'world' } },
      /^info: Newsrack: no answer \(an answer it does not/,
    ],
    [
      'refuses without a word for the reader',
      { body: { ...stopped, wall: null } },
      /^info: Newsrack: no answer \(an answer it does not/,
    ],
    ['does not answer in time', { hang: true }, /^info: Newsrack: no answer \(TimeoutError/],
    [
      'refuses the request',
      {
        status: 400,
        body: {
          code: 'invalid_request',
          detail: 'article.class: expected one of free, metered.',
          errors: [{ field: 'article.class', expected: 'one of free, metered' }],
        },
      },
      /^error: Newsrack: article\.class: expected one of free, metered\. The page stays as it is\.$/,
    ],
  ]
  for (const [what, reply, expected] of failures) {
    it(`leaves the article open when the service ${what}`, async () => {
      stand.reply('/v1/access', reply)
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
      prepare: (page) => page.route('**/v1/access', (route) => route.abort('connectionrefused')),
    })
    await reader.newsrackSpoke()
    assert.ok(reader.said.some((line) => line.startsWith('info: Newsrack: no answer (TypeError')))
    await assertUntouched(reader.page)
  })

  it('counts an article that was opened offline when the connection is back', async () => {
    stand.decide(metered(4))
    await using reader = await visit({ browser, stand })
    await answered(reader.page)
    const context = reader.page.context()
    await context.setOffline(true)
    await turnTo(reader.page)
    await reader.newsrackSpoke()
    await assertUntouched(reader.page)
    await context.setOffline(false)
    await reader.page.getByText('4 free articles left').waitFor()
    assert.deepEqual(stand.paths(), ['/v1/access', '/v1/views'])
  })

  it('leaves the article open, and the page without a mistake, where the script is blocked', async () => {
    await using reader = await visit({
      browser,
      stand,
      prepare: (page) => page.route('**/newsrack.js', (route) => route.abort('blockedbyclient')),
    })
    await answered(reader.page)
    await assertUntouched(reader.page)
    assert.deepEqual(
      reader.said.filter((line) => line.startsWith('uncaught')),
      [],
    )
  })

  it('closes an article in a browser that keeps neither cookies nor storage', async () => {
    stand.decide(stopped)
    await using reader = await visit({
      browser,
      stand,
      prepare: (page) =>
        page.addInitScript(`for (const name of ['localStorage', 'sessionStorage'])
          Object.defineProperty(window, name, { get() { throw new DOMException('no', 'SecurityError') } })`),
    })
    await reader.page.locator('newsrack-wall').waitFor()
    assert.deepEqual(reader.said, [])
  })
})
