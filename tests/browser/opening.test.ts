import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import type { Browser } from 'playwright-core'
import { openBrowser } from '../support/browser.ts'
import { metered, subscribed } from './answers.ts'
import { type Newsstand, openNewsstand } from './newsstand.ts'
import { answered, assertUntouched, setVisibility, visit } from './visit.ts'

describe('opening an article', () => {
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

  it('asks with what the page says of itself, and with the address without query and fragment', async () => {
    stand.reply('/v1/views', { body: metered(4) })
    await using reader = await visit({ browser, stand, query: '?utm_source=mail#comments' })
    await reader.page.getByText('4 free articles left this month').waitFor()
    assert.deepEqual(
      stand.asked.map(({ path, body }) => ({ path, body })),
      [
        {
          path: '/v1/views',
          body: {
            site: 'demo',
            article: {
              id: '2026/11/flood-aid',
              section: 'world',
              tags: ['asia', 'floods'],
              class: 'metered',
              url: `${stand.origin}/article`,
            },
          },
        },
      ],
    )
    assert.deepEqual(reader.said, [])
  })

  it('names the page the reader came from', async () => {
    stand.reply('/v1/views', { body: metered(4) })
    await using reader = await visit({ browser, stand, referer: 'https://search.example/' })
    await reader.page.getByText('4 free articles left').waitFor()
    assert.equal(referrerOf(stand.asked[0]?.body), 'https://search.example/')
  })

  it('writes how many articles are left into the place the page keeps for it', async () => {
    stand.reply('/v1/views', { body: metered(0) })
    await using reader = await visit({ browser, stand })
    const line = reader.page.getByText('This is your last free article this month')
    await line.waitFor()
    assert.equal(await line.getAttribute('title'), 'More free articles on December 1')
    assert.equal(await reader.page.locator('newsrack-wall').count(), 0)
  })

  it('tells subscribers nothing', async () => {
    stand.reply('/v1/views', { body: subscribed })
    await using reader = await visit({ browser, stand })
    await answered(reader.page)
    assert.equal(await reader.page.locator('[data-newsrack-meter]').textContent(), '')
    await assertUntouched(reader.page)
  })

  it('does nothing on a page that names no article', async () => {
    stand.print({ attributes: 'data-site="demo"' })
    await using reader = await visit({ browser, stand })
    await assertUntouched(reader.page)
    assert.equal(stand.asked.length, 0)
    assert.deepEqual(reader.said, [])
  })

  it('asks nothing in a hidden tab until the reader looks at it', async () => {
    stand.reply('/v1/views', { body: metered(2) })
    await using reader = await visit({
      browser,
      stand,
      prepare: (page) =>
        page.addInitScript(
          `Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' })`,
        ),
    })
    await reader.page.waitForFunction('customElements.get("newsrack-wall") !== undefined')
    await setVisibility(reader.page, 'hidden')
    assert.equal(stand.asked.length, 0)
    await setVisibility(reader.page, 'visible')
    await reader.page.getByText('2 free articles left').waitFor()
    assert.equal(stand.asked.length, 1)
  })

  it('asks nothing while the page is prerendered', async () => {
    stand.reply('/v1/views', { body: metered(2) })
    await using reader = await visit({
      browser,
      stand,
      prepare: (page) =>
        page.addInitScript(
          `Object.defineProperty(document, 'prerendering', { configurable: true, get: () => true })`,
        ),
    })
    await reader.page.waitForFunction('customElements.get("newsrack-wall") !== undefined')
    assert.equal(stand.asked.length, 0)
    await reader.page.evaluate('document.dispatchEvent(new Event("prerenderingchange"))')
    await reader.page.getByText('2 free articles left').waitFor()
    assert.equal(stand.asked.length, 1)
  })

  it('asks once where the page has the script twice', async () => {
    stand.reply('/v1/views', { body: metered(2) })
    await using reader = await visit({ browser, stand })
    await reader.page.getByText('2 free articles left').waitFor()
    await reader.page.evaluate(`new Promise((resolve) => {
      const copy = document.createElement('script')
      for (const { name, value } of document.querySelector('script').attributes) copy.setAttribute(name, value)
      copy.onload = resolve
      document.body.append(copy)
    })`)
    await answered(reader.page)
    assert.equal(stand.asked.length, 1)
  })

  it('sends the reader token itself only where the cookie does not come back', async () => {
    const replies = ['first', 'second'].map((token) => ({
      body: metered(2),
      headers: { 'newsrack-reader': token },
    }))
    stand.reply('/v1/views', ...replies, { body: metered(2) })
    await using reader = await visit({ browser, stand })
    const line = reader.page.getByText('2 free articles left')
    await line.waitFor()
    assert.ok(!String(await reader.page.evaluate('JSON.stringify(localStorage)')).includes('first'))
    await reader.page.reload()
    await line.waitFor()
    await reader.page.reload()
    await line.waitFor()
    assert.deepEqual(
      stand.asked.map(({ headers }) => headers.authorization),
      [undefined, undefined, 'Bearer second'],
    )
  })

  it('asks the origin the script came from, with its cookie', async () => {
    const headers = { 'set-cookie': 'newsrack_reader=r1; Path=/; HttpOnly; SameSite=Lax' }
    stand.reply('/v1/views', { body: metered(3), headers }, { body: metered(2) })
    const paper = await openNewsstand()
    try {
      paper.print({ scriptOrigin: stand.origin })
      await using reader = await visit({ browser, stand: paper })
      await reader.page.getByText('3 free articles left').waitFor()
      await reader.page.reload()
      await reader.page.getByText('2 free articles left').waitFor()
      assert.deepEqual(
        stand.asked.map(({ headers }) => headers.cookie),
        [undefined, 'newsrack_reader=r1'],
      )
      assert.equal(paper.asked.length, 0)
    } finally {
      await paper.close()
    }
  })
})

function referrerOf(body: unknown): unknown {
  return typeof body === 'object' && body !== null && 'referrer' in body ? body.referrer : undefined
}
