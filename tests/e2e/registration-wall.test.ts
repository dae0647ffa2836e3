import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { openBrowser, saveScreenshot } from '../support/browser.ts'
import { linkInOutbox } from '../support/outbox.ts'
import { type StaticSite, startStaticSite } from '../support/static-site.ts'

describe('an article for readers with an account', () => {
  let browser: Browser
  let site: StaticSite

  before(async () => {
    ;[browser, site] = await Promise.all([openBrowser(), startStaticSite()])
  })
  after(async () => {
    await browser.close()
    await site.stop()
  })

  it('asks for an address, mails a link, and is open when the link has led back to it', async () => {
    await using context = await browser.newContext()
    const article = `${site.origin}/for-accounts/harbor?page=2`
    await askAtWall({ context, article, email: 'anna@example.com' })

    const page = await context.newPage()
    await page.goto(await linkInOutbox(site.service))
    await page.waitForURL(article)
    await assertOpens(page)
    await page.goto(`${site.origin}/for-accounts/another`)
    await assertOpens(page)
  })

  it('opens by itself in the tab that waited, once the link was opened in another', async () => {
    await using context = await browser.newContext()
    const waiting = await askAtWall({
      context,
      article: `${site.origin}/for-accounts/tabs`,
      email: 'ben@example.com',
    })
    const other = await context.newPage()
    await other.goto(await linkInOutbox(site.service))
    await assertOpens(other)
    await other.close()
    await waiting.bringToFront()
    await waiting.evaluate(`document.dispatchEvent(new Event('visibilitychange'))`)
    await assertOpens(waiting)
  })

  it('asks first where the link is opened in another browser, and opens there only', async () => {
    await using asking = await browser.newContext()
    await using other = await browser.newContext({ viewport: { width: 390, height: 844 } })
    const article = `${site.origin}/for-accounts/elsewhere`
    const asked = await askAtWall({ context: asking, article, email: 'cleo@example.com' })

    const page = await other.newPage()
    await page.goto(await linkInOutbox(site.service))
    await page.getByText('asked for in another browser').waitFor()
    await page.getByText('cleo@example.com').waitFor()
    await saveScreenshot({ page, name: 'registration-3-other-browser' })
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.waitForURL(article)
    await assertOpens(page)
    await asked.reload()
    await asked.getByRole('textbox', { name: 'E-mail address' }).waitFor()
  })
})

async function askAtWall(options: {
  context: BrowserContext
  article: string
  email: string
}): Promise<Page> {
  const { context, article, email } = options
  const page = await context.newPage()
  await page.goto(article)
  const wall = page.getByRole('region')
  await wall.getByRole('textbox', { name: 'E-mail address' }).fill(email)
  assert.equal(await page.getByText('The rest of it.').isVisible(), false)
  await saveScreenshot({ page, name: 'registration-1-wall' })
  await wall.getByRole('button', { name: 'Send me the link' }).click()
  await wall.getByText('We have sent a link to').waitFor()
  await saveScreenshot({ page, name: 'registration-2-sent' })
  return page
}

/** By the service's word: a page is open for as long as it has not heard. */
async function assertOpens(page: Page): Promise<void> {
  await page.waitForFunction(`window.newsrack?.state?.phase === 'open'`)
  await page.getByText('The rest of it.').waitFor()
  assert.equal(await page.locator('newsrack-wall').count(), 0)
}
