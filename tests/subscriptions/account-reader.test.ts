import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, describe, it } from 'node:test'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { z } from 'zod'
import { violationsOn } from '../support/axe.ts'
import { openBrowser, saveScreenshot } from '../support/browser.ts'
import { configFolder } from '../support/config-folder.ts'
import { startMailServer } from '../support/mail-server.ts'
import { openShop, type Shop, type Subscriber } from './shop.ts'

const sites = `
- { id: demo, name: The Harbor Lantern, timeZone: America/New_York, languages: [de-DE, ar] }
`

const meters = `
- { id: default, window: month, limit: { anonymous: 2, registered: 7 } }
`

const offers = `
- id: 25c-for-5-months
  plan: unlimited-digital
  headline: Unlimited Digital Access
  button: Act now
  translations:
    de-DE: { headline: Alles lesen, button: Jetzt abonnieren }
    ar: { headline: اقرأ كل شيء, button: اشترك الآن }
  intro: { kind: in_all, amount: 25, months: 5, belowMinimum: defer }
- id: for-those-we-know
  plan: unlimited-digital
  headline: A Gift for Members
  button: Give
  translations:
    de-DE: { headline: Für Mitglieder, button: Verschenken }
    ar: { headline: للأعضاء, button: إهداء }
  audience: [registered]
  gift: { amount: 4000, months: 3 }
`

let config: Awaited<ReturnType<typeof configFolder>>
let mailServer: Awaited<ReturnType<typeof startMailServer>>
let shop: Shop
let browser: Browser
before(async () => {
  config = await configFolder({ sites, meters, offers })
  mailServer = await startMailServer()
  browser = await openBrowser()
  shop = await openShop({
    environment: {
      CONFIG_DIR: config.path,
      SMTP_URL: mailServer.url.href,
      MAIL_FROM: 'mail@lantern.example',
    },
  })
})
after(async () => {
  await browser.close()
  await shop.close()
  await mailServer.stop()
  await config.remove()
})

const safari =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15'

/** A browser without script that shows the account page, as this reader where one is given. */
async function visit(reader: Subscriber | null, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ javaScriptEnabled: false, locale: 'en-US', ...options })
  if (reader !== null)
    await context.addCookies([{ name: 'newsrack_reader', value: reader.token, url: shop.url }])
  const page = await context.newPage()
  await page.goto(`${shop.url}/account`)
  return page
}

/** From the account page to the account page, by the link in the nth mail to the address. */
async function signIn(page: Page, email: string, nth = 1): Promise<void> {
  await page.getByRole('link', { name: 'Sign in' }).click()
  await page.getByLabel('E-mail address').fill(email)
  await page.getByRole('button', { name: 'Send me the link' }).click()
  await page.getByText('sent a link to').waitFor()
  const { text = '' } = await mailServer.mailTo(email, nth)
  await page.goto(/https?:\/\/\S+/.exec(text)?.[0] ?? '')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(/\/account/)
  await page.getByText(email).waitFor()
}

const exportSchema = z.object({
  readers: z.array(
    z.looseObject({
      account: z.looseObject({ account: z.looseObject({ email: z.string() }).nullable() }),
      purchases: z.looseObject({
        attempts: z.array(z.looseObject({ consent: z.looseObject({ terms: z.string() }) })),
      }),
      mails: z.array(z.looseObject({ kind: z.string() })),
    }),
  ),
})

async function downloadOf(page: Page) {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download everything' }).click(),
  ])
  assert.equal(download.suggestedFilename(), 'newsrack-export.json')
  return exportSchema.parse(JSON.parse(await readFile(await download.path(), 'utf8')))
}

describe('a reader on the account page', () => {
  it('signs in by e-mail and is back there, with the free articles and the offers of who is signed in', async () => {
    const page = await visit(null)
    await page.getByText('You have 2 of 2 free articles left').waitFor()
    assert.equal(await page.getByRole('link', { name: 'Give a subscription' }).count(), 0)
    await signIn(page, 'anna@example.com')
    await page.getByText('You are signed in as').waitFor()
    await page.getByText('You have 7 of 7 free articles left').waitFor()
    await page.getByRole('link', { name: 'Give a subscription' }).click()
    await page.getByText('$40 for 3 months, as a gift').waitFor()
    await page.context().close()
  })

  it('sees where they are signed in, ends one of it, and signs out', async () => {
    const [desk, other] = [await visit(null), await visit(null, { userAgent: safari })]
    await signIn(desk, 'ben@example.com')
    await signIn(other, 'ben@example.com', 2)
    await desk.reload()
    await desk.getByText('Safari on macOS').waitFor()
    await desk.getByText('Since November 24, 2026, last seen on November 24, 2026').first().waitFor()
    await desk.getByRole('button', { name: 'End the session of Safari on macOS' }).click()
    await desk.waitForURL(/\/account/)
    assert.equal(await desk.getByText('Safari on macOS').count(), 0)
    await other.reload()
    await other.getByText('You are an anonymous reader').waitFor()

    await desk.getByRole('button', { name: 'Sign out' }).click()
    await desk.getByText('You are an anonymous reader').waitFor()
    for (const page of [desk, other]) await page.context().close()
  })

  it('takes the subscription along when they sign in, and finds it in any other browser', async () => {
    const page = await visit(await shop.subscriber())
    await signIn(page, 'clara@example.com')
    await page.getByText('$20.24, due on April 24, 2027').waitFor()
    const elsewhere = await visit(null)
    await elsewhere.getByText('You have no subscription.').waitFor()
    await signIn(elsewhere, 'clara@example.com', 2)
    await elsewhere.getByText('$20.24, due on April 24, 2027').waitFor()
    for (const each of [page, elsewhere]) await each.context().close()
  })

  it('downloads everything, with the terms they agreed to and the mails they were sent', async () => {
    const page = await visit(await shop.subscriber({ email: 'dora@example.com' }))
    await shop.waitUntil(shop.now() + 60_000)
    await mailServer.mailTo('dora@example.com')
    await signIn(page, 'dora@example.org')
    const { readers } = await downloadOf(page)
    const [account] = readers
    assert.equal(account?.account.account?.email, 'dora@example.org')
    assert.match(account?.purchases.attempts[0]?.consent.terms ?? '', /first bill comes to \$20\.24/)
    assert.ok(account?.mails.some(({ kind }) => kind === 'welcome'))
    await page.context().close()
  })
})

describe('a reader who has everything deleted', () => {
  it('is asked once, and then subscription, account, mails and browser know nothing of them', async () => {
    const reader = await shop.subscriber({ email: 'emma@example.com' })
    const page = await visit(reader)
    await signIn(page, 'emma@example.org')
    await page.getByRole('link', { name: 'Delete my data' }).click()
    await page.getByText('Your subscription ends at once, and what is paid is not refunded.').waitFor()
    await page.getByRole('link', { name: 'Keep my data' }).click()
    await page.getByText('$20.24, due on April 24, 2027').waitFor()

    await page.getByRole('link', { name: 'Delete my data' }).click()
    await page.getByRole('button', { name: 'Delete everything' }).click()
    await page.getByRole('status').getByText('We know nothing of you any more.').waitFor()
    await shop.settled()
    const { status } = await shop.stripe.subscriptions.retrieve(reader.subscription)
    assert.equal(status, 'canceled')
    assert.equal((await shop.stripe.customers.retrieve(reader.customer)).deleted, true)

    await page.goto(`${shop.url}/account`)
    await page.getByText('You are an anonymous reader').waitFor()
    const { readers } = await downloadOf(page)
    assert.deepEqual(readers.map(({ purchases, mails }) => [purchases.attempts, mails]).flat(2), [])
    await page.context().close()
  })

  it('presses again where it broke off, as Stripe did not answer', async () => {
    const reader = await shop.subscriber()
    const page = await visit(reader)
    await signIn(page, 'fay@example.org')
    await page.goto(`${shop.url}/account/delete`)
    shop.hearing.payments = false
    await page.getByRole('button', { name: 'Delete everything' }).click()
    await page.getByText('Our payment service does not answer').waitFor()
    const meanwhile = await page.context().newPage()
    await meanwhile.goto(`${shop.url}/account`)
    await meanwhile.getByText('fay@example.org').waitFor()
    shop.hearing.payments = true
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByText('We know nothing of you any more.').waitFor()
    assert.equal((await shop.stripe.customers.retrieve(reader.customer)).deleted, true)
    await page.context().close()
  })
})

describe('the account page of who is signed in', () => {
  it('fits every screen, in light and dark, in every language, and keeps nobody out', async () => {
    const page = await visit(await shop.subscriber())
    await signIn(page, 'a-reader-with-a-rather-long-address@subdomain.example.com')
    const other = await visit(null, { userAgent: safari })
    await signIn(other, 'a-reader-with-a-rather-long-address@subdomain.example.com', 2)
    const cookies = await page.context().cookies()
    for (const [device, width, colorScheme] of [
      ['phone', 390, 'light'],
      ['small-phone', 320, 'dark'],
      ['desktop', 1280, 'light'],
      ['desktop', 1280, 'dark'],
    ] as const) {
      const context = await browser.newContext({ viewport: { width, height: 844 }, colorScheme })
      await context.addCookies(cookies)
      const looked = await context.newPage()
      for (const language of ['en', 'de', 'ar']) {
        for (const path of ['/account', '/account/delete']) {
          await looked.goto(`${shop.url}${path}?language=${language}`)
          const name = `account-signed-in-${path === '/account' ? 'page' : 'delete'}-${language}-${device}-${colorScheme}`
          await saveScreenshot({ page: looked, name })
          assert.equal(await looked.evaluate('document.documentElement.scrollWidth'), width, name)
          assert.deepEqual(await violationsOn(looked), [], name)
        }
      }
      await context.close()
    }
    for (const each of [page, other]) await each.context().close()
  })
})
