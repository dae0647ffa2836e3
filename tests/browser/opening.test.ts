import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import type { Browser } from 'playwright-core'
import { openBrowser } from '../support/browser.ts'
import { metered, stopped, subscribed } from './answers.ts'
import { type Newsstand, openNewsstand } from './newsstand.ts'
import { answered, assertUntouched, setVisibility, stopClock, turnTo, visit } from './visit.ts'

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

  it('asks once, with what the page says of itself and the address without query and fragment', async () => {
    stand.decide(metered(4))
    await using reader = await visit({ browser, stand, query: '?utm_source=mail#comments' })
    await answered(reader.page)
    const [asked] = stand.asked
    assert.deepEqual(
      { path: asked?.path, body: asked?.body },
      {
        path: '/v1/access',
        body: {
          article: {
            id: '2026/11/flood-aid',
            section: 'world',
            tags: ['asia', 'floods'],
            url: `${stand.origin}/article`,
          },
          language: 'en',
        },
      },
    )
    assert.deepEqual(reader.said, [])
  })

  it('names the page the reader came from, and the gift link that brought them', async () => {
    stand.decide(subscribed)
    await using reader = await visit({
      browser,
      stand,
      query: '?gift=g1.token',
      referer: 'https://search.example/',
    })
    await turnTo(reader.page)
    await answered(reader.page)
    assert.deepEqual(stand.paths(), ['/v1/access', '/v1/views'])
    for (const { body } of stand.asked) {
      assert.equal(field(body, 'referrer'), 'https://search.example/')
      assert.equal(field(body, 'gift'), 'g1.token')
    }
  })

  it('counts when the page has been in sight for two seconds, and then says how many articles are left', async () => {
    stand.decide(metered(5), metered(4))
    await using reader = await visit({ browser, stand, prepare: stopClock })
    await answered(reader.page)
    await reader.page.clock.runFor(1_900)
    assert.deepEqual(stand.paths(), ['/v1/access'])
    await reader.page.clock.runFor(200)
    const line = reader.page.getByText('4 free articles left this month')
    await line.waitFor()
    assert.equal(await line.getAttribute('title'), 'More free articles on December 1')
    assert.deepEqual(stand.paths(), ['/v1/access', '/v1/views'])
  })

  for (const [sign, give] of [
    ['scrolls', "document.dispatchEvent(new Event('scroll'))"],
    ['taps', "document.body.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }))"],
  ] as const) {
    it(`counts when the reader ${sign}, once`, async () => {
      stand.decide(metered(5), metered(4))
      await using reader = await visit({ browser, stand, prepare: stopClock })
      await answered(reader.page)
      await reader.page.evaluate(`${give}; ${give}`)
      await reader.page.getByText('4 free articles left').waitFor()
      await reader.page.clock.runFor(10_000)
      await reader.page.evaluate(give)
      await answered(reader.page)
      assert.deepEqual(stand.paths(), ['/v1/access', '/v1/views'])
    })
  }

  it('counts nothing while the reader is in another tab', async () => {
    stand.decide(metered(5), metered(4))
    await using reader = await visit({ browser, stand, prepare: stopClock })
    await answered(reader.page)
    await setVisibility(reader.page, 'hidden')
    await reader.page.clock.runFor(60_000)
    assert.deepEqual(stand.paths(), ['/v1/access'])
    await setVisibility(reader.page, 'visible')
    await reader.page.clock.runFor(2_000)
    await reader.page.getByText('4 free articles left').waitFor()
  })

  it('says at once how many articles are left where this one is open already', async () => {
    stand.decide(metered(0, 'reread'))
    await using reader = await visit({ browser, stand, prepare: stopClock })
    await reader.page.getByText('No free articles left this month').waitFor()
    assert.deepEqual(stand.paths(), ['/v1/access'])
  })

  it('says that it is the last free article', async () => {
    stand.decide(metered(1), metered(0))
    await using reader = await visit({ browser, stand })
    await turnTo(reader.page)
    await reader.page.getByText('This is your last free article this month').waitFor()
    assert.equal(await reader.page.locator('newsrack-wall').count(), 0)
  })

  it('closes an article whose count is refused, as when another tab took the last one', async () => {
    stand.decide(metered(1), stopped)
    await using reader = await visit({ browser, stand })
    await answered(reader.page)
    assert.ok(await reader.page.getByText('Later paragraph').first().isVisible())
    await turnTo(reader.page)
    await reader.page.locator('newsrack-wall').waitFor()
    assert.equal(await reader.page.getByText('Later paragraph').first().isVisible(), false)
  })

  it('tells subscribers nothing', async () => {
    stand.decide(subscribed)
    await using reader = await visit({ browser, stand })
    await turnTo(reader.page)
    await answered(reader.page)
    assert.equal(await reader.page.locator('[data-newsrack-meter]').textContent(), '')
    await assertUntouched(reader.page)
  })

  for (const [where, hide, show] of [
    [
      'in a hidden tab until the reader looks at it',
      `Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' })`,
      `Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'visible' })
       document.dispatchEvent(new Event('visibilitychange'))`,
    ],
    [
      'while the page is prerendered',
      `Object.defineProperty(document, 'prerendering', { configurable: true, get: () => true })`,
      `document.dispatchEvent(new Event('prerenderingchange'))`,
    ],
  ] as const) {
    it(`asks nothing ${where}`, async () => {
      stand.decide(metered(2))
      await using reader = await visit({ browser, stand, prepare: (page) => page.addInitScript(hide) })
      await reader.page.waitForFunction('customElements.get("newsrack-wall") !== undefined')
      assert.equal(stand.asked.length, 0)
      await reader.page.evaluate(show)
      await turnTo(reader.page)
      await reader.page.getByText('2 free articles left').waitFor()
      assert.deepEqual(stand.paths(), ['/v1/access', '/v1/views'])
    })
  }

  it('asks once where the page has the script twice', async () => {
    stand.decide(metered(2))
    await using reader = await visit({ browser, stand })
    await turnTo(reader.page)
    await reader.page.getByText('2 free articles left').waitFor()
    await reader.page.evaluate(`new Promise((resolve) => {
      const copy = document.createElement('script')
      copy.src = document.querySelector('script[src]').src
      copy.onload = resolve
      document.body.append(copy)
    })`)
    await answered(reader.page)
    assert.deepEqual(stand.paths(), ['/v1/access', '/v1/views'])
  })

  it('neither asks nor counts again when the reader comes back with the back button', async () => {
    stand.decide(metered(2))
    await using reader = await visit({ browser, stand })
    await turnTo(reader.page)
    await reader.page.getByText('2 free articles left').waitFor()
    await reader.page.evaluate(`dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))`)
    await setVisibility(reader.page, 'visible')
    await answered(reader.page)
    assert.deepEqual(stand.paths(), ['/v1/access', '/v1/views'])
  })

  it('sends the reader token itself only where the cookie does not come back', async () => {
    const replies = ['first', 'second'].map((token) => ({
      body: metered(2, 'reread'),
      headers: { 'newsrack-reader': token },
    }))
    stand.reply('/v1/access', ...replies, { body: metered(2, 'reread') })
    await using reader = await visit({ browser, stand, prepare: stopClock })
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
    stand.reply('/v1/access', { body: metered(3, 'reread'), headers }, { body: metered(2, 'reread') })
    const paper = await openNewsstand()
    try {
      paper.print({ scriptOrigin: stand.origin })
      await using reader = await visit({ browser, stand: paper, prepare: stopClock })
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

function field(body: unknown, name: string): unknown {
  return typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined
}
