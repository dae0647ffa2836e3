import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { openBrowser } from '../support/browser.ts'
import { type StaticSite, startStaticSite } from '../support/static-site.ts'

describe('a static site on another origin', () => {
  let browser: Browser
  let site: StaticSite
  let origin: string

  before(async () => {
    ;[browser, site] = await Promise.all([openBrowser(), startStaticSite()])
    origin = site.origin
  })
  after(async () => {
    await browser.close()
    await site.stop()
  })

  it('counts five articles with the one line, closes the sixth, and lets its reader read the five again', async () => {
    await using context = await browser.newContext()
    const reader = await context.newPage()
    await reader.goto(`${origin}/about`)
    for (const left of [
      '4 free articles',
      '3 free articles',
      '2 free articles',
      '1 free article',
      'last free article',
    ]) {
      await reader.goto(`${origin}/story-${left.replaceAll(' ', '-')}`)
      await turnTo(reader)
      await reader.getByText(left).waitFor()
    }
    await reader.reload()
    await reader.getByText('No free articles left').waitFor()
    await reader.goto(`${origin}/story-six`)
    await reader.getByRole('heading', { name: 'Unlimited Digital Access' }).waitFor()
    assert.equal(await reader.getByText('The rest of it.').isVisible(), false)
    await reader.goBack()
    await reader.getByText('The rest of it.').waitFor()
    assert.equal(await reader.locator('newsrack-wall').count(), 0)
  })

  it('opens the last free article in one of two tabs, and closes the other when both are counted at once', async () => {
    await using context = await browser.newContext()
    const tabs = await Promise.all([context.newPage(), context.newPage()])
    const [first] = tabs
    for (const story of ['a', 'b', 'c', 'd']) await readTo(first, story)
    await Promise.all(tabs.map((tab, index) => open(tab, `last-${index}`)))
    for (const tab of tabs) assert.equal(await tab.locator('newsrack-wall').count(), 0)
    await Promise.all(tabs.map(turnTo))
    const ends = await Promise.all(
      tabs.map((tab) =>
        Promise.race([
          tab
            .getByText('last free article')
            .waitFor()
            .then(() => 'open'),
          tab
            .locator('newsrack-wall')
            .waitFor()
            .then(() => 'closed'),
        ]),
      ),
    )
    assert.deepEqual(ends.sort(), ['closed', 'open'])
  })

  it('counts in a browser that keeps no cookie of the service', async () => {
    await using context = await browser.newContext()
    await withoutCookies(context, site.service.url)
    const reader = await context.newPage()
    for (const left of ['4 free articles', '3 free articles', '2 free articles']) {
      await open(reader, `story-${left.length}-${left.charAt(0)}`)
      await turnTo(reader)
      await reader.getByText('free articles left').waitFor()
    }
    const token = await reader.evaluate(`localStorage.getItem('newsrack-reader')`)
    assert.match(String(token), /\./)
  })

  async function open(page: Page, story: string): Promise<void> {
    const asked = page.waitForResponse('**/v1/access')
    await page.goto(`${origin}/${story}`)
    await (await asked).finished()
  }

  async function readTo(page: Page | undefined, story: string): Promise<void> {
    if (!page) return
    await open(page, story)
    const counted = page.waitForResponse('**/v1/views')
    await turnTo(page)
    await (await counted).finished()
  }
})

const turnTo = (page: Page) => page.keyboard.press('Shift')

/** Cookies neither go out to the service nor come in. */
async function withoutCookies(context: BrowserContext, serviceUrl: string): Promise<void> {
  await context.route(`${serviceUrl}/v1/**`, async (route) => {
    const { cookie: _, ...headers } = await route.request().allHeaders()
    const response = await route.fetch({ headers })
    const { 'set-cookie': __, ...answered } = response.headers()
    await route.fulfill({ response, headers: answered })
    await context.clearCookies()
  })
}
