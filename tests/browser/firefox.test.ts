import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import type { Browser, Page } from 'puppeteer-core'
import { openFirefox } from '../support/firefox.ts'
import { metered, nudged, offer, refused, stopped, subscribed } from './answers.ts'
import { usualStructure } from './article-page.ts'
import { type Newsstand, openNewsstand } from './newsstand.ts'

describe('in Firefox', () => {
  let browser: Browser
  let stand: Newsstand

  before(async () => {
    ;[browser, stand] = await Promise.all([openFirefox(), openNewsstand()])
  })
  after(async () => {
    await browser.close()
    await stand.close()
  })
  beforeEach(() => stand.clear())

  async function visit({ width = 1000 } = {}) {
    const context = await browser.createBrowserContext()
    const page = await context.newPage()
    await page.setViewport({ width, height: 800 })
    await page.goto(`${stand.origin}/article`)
    return { page, [Symbol.asyncDispose]: () => context.close() }
  }

  it('an article is asked about, counted when the reader turns to it, and says how many are left', async () => {
    stand.decide(metered(5), metered(4))
    await using reader = await visit()
    await reader.page.keyboard.press('Shift')
    await reader.page.waitForSelector('::-p-text(4 free articles left this month)')
    assert.deepEqual(stand.paths(), ['/v1/access', '/v1/views'])
  })

  it('a wall folds the article, and is bought at with the keyboard alone', async () => {
    stand.decide(stopped)
    stand.reply('/v1/checkout', { status: 201, body: { attempt: 'a1', url: `${stand.origin}/pay` } })
    await using reader = await visit()
    await reader.page.waitForSelector('newsrack-wall')
    assert.equal(await isVisible(reader.page, '.article-body > p:last-child'), false)
    assert.equal(await isVisible(reader.page, '.article-body > p'), true)
    await reader.page.keyboard.press('Tab')
    await reader.page.keyboard.press('Tab')
    assert.equal(await inWall(reader.page, 'wall.activeElement.id'), 'agree')
    await reader.page.keyboard.press(' ')
    await reader.page.keyboard.press('Tab')
    await Promise.all([reader.page.waitForNavigation(), reader.page.keyboard.press('Enter')])
    assert.equal(reader.page.url(), `${stand.origin}/pay`)
  })

  it('a dialog stands over the page in the colors of day or night, and goes with Escape where it may', async () => {
    stand.decide(refused({ layout: 'overlay', dismissible: true }))
    await using reader = await visit({ width: 390 })
    await reader.page.waitForSelector('newsrack-wall')
    assert.equal(await inWall(reader.page, `wall.querySelector('dialog').matches(':modal')`), true)
    assert.equal(
      await inWall(reader.page, `getComputedStyle(wall.querySelector('dialog')).backgroundColor`),
      'rgb(255, 255, 255)',
    )
    assert.equal(await inWall(reader.page, 'wall.activeElement.id'), 'heading')
    await reader.page.keyboard.press('Escape')
    assert.equal(await inWall(reader.page, `wall.querySelector('dialog')`), null)
    assert.match(String(await inWall(reader.page, 'wall.textContent')), /Show options/)
  })

  it('a dialog that may not be dismissed stays', async () => {
    stand.decide(refused({ layout: 'overlay' }))
    await using reader = await visit()
    await reader.page.waitForSelector('newsrack-wall')
    for (let press = 0; press < 3; press += 1) await reader.page.keyboard.press('Escape')
    assert.equal(await inWall(reader.page, `wall.querySelector('dialog').open`), true)
  })

  it('a nudge stands beside the open article and leaves room for the end of the page', async () => {
    stand.decide(metered(3), nudged(2))
    await using reader = await visit()
    await reader.page.keyboard.press('Shift')
    await reader.page.waitForSelector('newsrack-wall')
    assert.match(String(await inWall(reader.page, 'wall.textContent')), new RegExp(offer.price))
    await reader.page.evaluate('scrollTo(0, document.documentElement.scrollHeight)')
    assert.equal(
      await inWall(
        reader.page,
        `document.querySelector('footer a').getBoundingClientRect().bottom <= wall.querySelector('section').getBoundingClientRect().top`,
      ),
      true,
    )
  })

  it('a router that goes on to the next article is followed', async () => {
    stand.decide(subscribed)
    await using reader = await visit()
    await reader.page.keyboard.press('Shift')
    const another = JSON.stringify({ ...usualStructure, '@id': 'another', url: '/another' })
    await Promise.all([
      reader.page.waitForResponse(
        (response) => response.url().endsWith('/v1/views') && bodies().at(-1)?.includes('another') === true,
      ),
      reader.page.evaluate(`
        history.pushState({}, '', '/another')
        document.querySelector('[type="application/ld+json"]').textContent = ${JSON.stringify(another)}
        setTimeout(() => document.dispatchEvent(new Event('scroll')), 400)
      `),
    ])
    assert.deepEqual(stand.paths(), ['/v1/access', '/v1/views', '/v1/access', '/v1/views'])
  })

  const bodies = () => stand.asked.map(({ body }) => JSON.stringify(body))
})

async function inWall(page: Page, expression: string): Promise<unknown> {
  return await page.evaluate(
    `(() => { const wall = document.querySelector('newsrack-wall').shadowRoot; return ${expression} })()`,
  )
}

async function isVisible(page: Page, selector: string): Promise<unknown> {
  return await page.evaluate(`document.querySelector(${JSON.stringify(selector)}).checkVisibility()`)
}
