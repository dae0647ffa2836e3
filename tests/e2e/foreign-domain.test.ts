import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { openBrowser } from '../support/browser.ts'
import { linkInOutbox } from '../support/outbox.ts'
import { type StaticSite, startStaticSite } from '../support/static-site.ts'

describe('a site of another domain than the service, which the cookie does not reach', () => {
  let browser: Browser
  let site: StaticSite

  before(async () => {
    ;[browser, site] = await Promise.all([openBrowser(), startStaticSite({ host: '127.0.0.1' })])
  })
  after(async () => {
    await browser.close()
    await site.stop()
  })

  it('signs its reader in by the mailed link, and keeps no code in its address', async () => {
    await using context = await browser.newContext()
    const page = await context.newPage()
    const article = `${site.origin}/for-accounts/harbor?page=2`
    await askForLink(page, article, 'anna@example.com')
    await confirm(page)
    await page.waitForURL(article)
    await assertOpens(page)
    await page.goto(`${site.origin}/for-accounts/another`)
    await assertOpens(page)
    await page.goto(`${site.service.url}/account`)
    assert.equal(await page.getByRole('listitem').count(), 1)
  })

  it('signs in where the link is opened, in another browser, and not where it was asked for', async () => {
    await using asking = await browser.newContext()
    await using other = await browser.newContext()
    const article = `${site.origin}/for-accounts/elsewhere`
    const asked = await asking.newPage()
    await askForLink(asked, article, 'ben@example.com')
    const page = await other.newPage()
    await confirm(page)
    await page.waitForURL(article)
    await assertOpens(page)
    await asked.reload()
    await asked.getByRole('textbox', { name: 'E-mail address' }).waitFor()
  })

  it('stays with an anonymous reader where the code in the address is an old one', async () => {
    await using context = await browser.newContext()
    const page = await context.newPage()
    await page.goto(`${site.origin}/for-accounts/old#newsrack=used-long-ago`)
    await page.getByRole('textbox', { name: 'E-mail address' }).waitFor()
    assert.equal(page.url(), `${site.origin}/for-accounts/old`)
  })

  async function confirm(page: Page): Promise<void> {
    await page.goto(await linkInOutbox(site.service))
    await page.getByRole('button', { name: 'Sign in' }).click()
  }
})

async function askForLink(page: Page, article: string, email: string): Promise<void> {
  await page.goto(article)
  const wall = page.getByRole('region')
  await wall.getByRole('textbox', { name: 'E-mail address' }).fill(email)
  await wall.getByRole('button', { name: 'Send me the link' }).click()
  await wall.getByText('We have sent a link to').waitFor()
}

/** By the service's word: a page is open for as long as it has not heard. */
async function assertOpens(page: Page): Promise<void> {
  await page.waitForFunction(`window.newsrack?.state?.phase === 'open'`)
  await page.getByText('The rest of it.').waitFor()
  assert.equal(await page.locator('newsrack-wall').count(), 0)
}
