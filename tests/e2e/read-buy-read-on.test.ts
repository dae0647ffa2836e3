import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { openBrowser, saveScreenshot } from '../support/browser.ts'
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

it('a reader reads five articles, meets the wall at the sixth, buys in the sandbox, and reads on, also after a restart', async () => {
  const page = await browser.newPage({ viewport: { width: 390, height: 844 } })
  const errors: string[] = []
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
  page.on('pageerror', (error) => errors.push(error.message))

  await page.goto(service.url)
  await saveScreenshot({ page, name: '1-front-page' })
  await nextArticle(page)
  for (const left of [
    '4 free articles left',
    '3 free articles left',
    '2 free articles left',
    '1 free article left',
    'last free article',
  ]) {
    await page.getByText(left).waitFor()
    await nextArticle(page)
  }

  await page.getByRole('heading', { name: 'Unlimited Digital Access' }).waitFor()
  await saveScreenshot({ page, name: '2-wall' })
  for (const words of [
    'Only 25¢ for 5 months',
    'Sale ends soon',
    'Cancel anytime',
    'Nothing to pay today.',
  ]) {
    await page.getByText(words).first().waitFor()
  }
  assert.equal(await page.getByRole('checkbox').isChecked(), false)
  const wanted = page.url()
  const text = page.locator('.article-body > *')
  assert.equal(await text.count(), 1)

  await page.getByRole('checkbox').check()
  await page.getByRole('button', { name: 'Act now' }).click()
  await pay(page)

  await page.waitForURL(wanted)
  await text.nth(5).waitFor()
  assert.equal(await page.getByRole('heading', { name: 'Unlimited Digital Access' }).count(), 0)
  await saveScreenshot({ page, name: '4-reading-on' })
  await readsOn(page)

  await service.restart()
  await readsOn(page)
  assert.deepEqual(errors, [])
})

async function pay(page: Page): Promise<void> {
  await page.waitForURL(/\/sandbox\/checkout\//)
  await page.getByLabel('E-mail').fill('reader@example.com')
  await page.getByLabel('Card number').fill('4242 4242 4242 4242')
  await page.getByLabel('Expiry').fill('12 / 34')
  await page.getByLabel('Security code').fill('123')
  await page.getByLabel('Name on card').fill('R. Eader')
  await saveScreenshot({ page, name: '3-checkout' })
  await page.getByRole('button', { name: /subscribe|pay|start/i }).click()
}

/** The paper leads from every article to the next ones; the free one is left out, for it does not count. */
async function nextArticle(page: Page): Promise<void> {
  const stories = page.locator('article.story').filter({ hasNot: page.locator('.free') })
  await stories.locator('a.headline').first().click()
}

/** Six further articles, more than are free. */
async function readsOn(page: Page): Promise<void> {
  for (let article = 1; article <= 6; article += 1) {
    await nextArticle(page)
    await page.locator('.article-body > *').nth(5).waitFor()
    assert.equal(await page.locator('newsrack-wall').count(), 0)
  }
}
