import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { openBrowser, saveScreenshot } from '../support/browser.ts'
import { linkInOutbox } from '../support/outbox.ts'
import { type Service, startService } from '../support/service.ts'

let service: Service
let browser: Browser

before(async () => {
  service = await startService()
  browser = await openBrowser()
})

after(async () => {
  await browser.close()
  await service.stop()
})

const phone = { width: 390, height: 844 }

async function askForLink(context: BrowserContext, email: string, returnTo: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`${service.url}/sign-in?${new URLSearchParams({ returnTo })}`)
  await page.getByLabel('E-mail address').fill(email)
  await saveScreenshot({ page, name: 'sign-in-1-ask' })
  await page.getByRole('button', { name: 'Send me the link' }).click()
  await page.getByText(`sent a link to`).waitFor()
  await saveScreenshot({ page, name: 'sign-in-2-sent' })
  return page
}

async function somePlaceInThePaper(context: BrowserContext): Promise<string> {
  const page = await context.newPage()
  await page.goto(service.url)
  const link = page.locator('a[href^="/20"]').first()
  const address = await link.getAttribute('href')
  await page.close()
  return `${service.url}${address}`
}

it('a reader signs in by the link in the mail, and is back on the article, signed in', async () => {
  const context = await browser.newContext({ viewport: phone })
  const article = await somePlaceInThePaper(context)
  const page = await askForLink(context, 'anna@example.com', article)
  await page.goto(await linkInOutbox(service))
  await page.waitForURL(article)
  await page.goto(`${service.url}/account`)
  await page.getByText('anna@example.com').waitFor()
  await page.getByText('this browser', { exact: true }).waitFor()
  await saveScreenshot({ page, name: 'sign-in-3-account' })
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByText('You are an anonymous reader').waitFor()
  await saveScreenshot({ page, name: 'sign-in-4-anonymous' })
  await context.close()
})

it('in another browser the link asks first, also without script and in the dark, and signs in there', async () => {
  const asking = await browser.newContext()
  const other = await browser.newContext({ viewport: phone, javaScriptEnabled: false, colorScheme: 'dark' })
  const article = await somePlaceInThePaper(asking)
  const asked = await askForLink(asking, 'ben@example.com', article)
  const link = await linkInOutbox(service)
  const page = await other.newPage()
  await page.goto(link)
  await page.getByText('ben@example.com').waitFor()
  await page.getByText('asked for in another browser').waitFor()
  await saveScreenshot({ page, name: 'sign-in-5-other-browser' })
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(article)
  await page.goto(link)
  await page.getByText('This link no longer works').waitFor()
  await saveScreenshot({ page, name: 'sign-in-6-ended' })
  await asked.goto(`${service.url}/account`)
  await asked.getByText('You are an anonymous reader').waitFor()
  await asking.close()
  await other.close()
})

it('a reader ends the session on another device, and has everything deleted', async () => {
  const [desk, laptop] = [await browser.newContext(), await browser.newContext()]
  for (const context of [desk, laptop]) {
    const page = await askForLink(context, 'cleo@example.com', `${service.url}/account`)
    await page.goto(await linkInOutbox(service))
    await page.getByText('cleo@example.com').waitFor()
  }
  const page = await desk.newPage()
  await page.goto(`${service.url}/account`)
  assert.equal(await page.getByRole('listitem').count(), 2)
  await saveScreenshot({ page, name: 'sign-in-7-sessions' })
  await page.getByRole('button', { name: /^End the session/ }).click()
  await page.waitForURL(/\/account/)
  assert.equal(await page.getByRole('listitem').count(), 1)
  const elsewhere = await laptop.newPage()
  await elsewhere.goto(`${service.url}/account`)
  await elsewhere.getByText('You are an anonymous reader').waitFor()

  await page.getByRole('link', { name: 'Delete my data' }).click()
  await page.getByRole('heading', { name: 'Delete everything we know of you?' }).waitFor()
  await saveScreenshot({ page, name: 'sign-in-8-delete' })
  await page.getByRole('button', { name: 'Delete everything' }).click()
  await page.getByText('We know nothing of you any more').waitFor()
  await desk.close()
  await laptop.close()
})
