import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { z } from 'zod'
import { answerSchema } from '../../src/paywall/answer.ts'
import { openBrowser, saveScreenshot } from '../support/browser.ts'
import { configFolder } from '../support/config-folder.ts'
import { type Service, startService } from '../support/service.ts'
import { openStripeAccount, type StripeAccount } from '../support/stripe-account.ts'

// Paid at once, so that there is money to give back.
const offers = `
- id: standing
  plan: unlimited-digital
  headline: Unlimited Digital Access
  button: Subscribe
`

let folder: Awaited<ReturnType<typeof configFolder>>
let account: StripeAccount
let service: Service
let browser: Browser

before(async () => {
  folder = await configFolder({ offers })
  account = await openStripeAccount()
  service = await startService({ environment: { ...account.environment, CONFIG_DIR: folder.path } })
  account.notify(service.url)
  browser = await openBrowser()
})

after(async () => {
  await browser.close()
  await service.stop()
  await account.close()
  await folder.remove()
})

const phone = { width: 390, height: 844 }
const premium = { article: { id: 'for subscribers', class: 'premium' } }

/** Presses the wall's button: the page where it is paid. */
async function pressBuy(context: BrowserContext): Promise<string> {
  const met = await context.request.post(`${service.url}/v1/access`, { data: premium })
  const { offer } = answerSchema.parse(await met.json())
  const data = { offer: offer?.id, termsHash: offer?.termsHash, consent: true, returnTo: '/' }
  const opened = await context.request.post(`${service.url}/v1/checkout`, { data })
  return z.object({ url: z.url() }).parse(await opened.json()).url
}

async function pay(page: Page): Promise<void> {
  await page.getByLabel('E-mail').fill('anna@example.com')
  await page.getByLabel('Card number').fill('4242 4242 4242 4242')
  await page.getByLabel('Expiry').fill('12 / 40')
  await page.getByLabel('Security code').fill('123')
  await page.getByLabel('Name on card').fill('Anna')
  await page.getByRole('button', { name: /subscribe|pay|start/i }).click()
}

async function openedAt(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(url)
  return page
}

async function signIn(context: BrowserContext): Promise<void> {
  const page = await openedAt(context, `${service.url}/sign-in?returnTo=/account`)
  await page.getByLabel('E-mail address').fill('anna@example.com')
  await page.getByRole('button', { name: 'Send me the link' }).click()
  await page.getByText('sent a link to').waitFor()
  const outbox = await fetch(`${service.url}/sandbox/outbox/mails.json`)
  const [newest] = z.array(z.object({ text: z.string() })).parse(await outbox.json())
  await page.goto(/https?:\/\/\S+/.exec(newest?.text ?? '')?.[0] ?? '')
  await page.waitForURL(/account/)
}

async function sold() {
  await account.sandbox.settled()
  const { data: subscriptions } = await account.stripe.subscriptions.list({ status: 'all' })
  const { data: charges } = await account.stripe.charges.list()
  return {
    running: subscriptions.filter(({ status }) => status !== 'canceled').length,
    ended: subscriptions.filter(({ status }) => status === 'canceled').length,
    kept: charges.reduce((sum, { amount, amount_refunded: back }) => sum + amount - back, 0),
    refunded: charges.filter(({ refunded }) => refunded).length,
  }
}

it('a reader who buys in two tabs at once is led to one page in both, and pays once', async () => {
  const context = await browser.newContext({ viewport: phone })
  await context.request.post(`${service.url}/v1/access`, { data: premium })
  const [first, second] = await Promise.all([pressBuy(context), pressBuy(context)])
  assert.equal(first, second)
  const tabs = [await openedAt(context, first), await openedAt(context, second)] as const
  await pay(tabs[0])
  await tabs[0].waitForURL((url) => url.origin === service.url)
  await pay(tabs[1])
  await tabs[1].waitForURL((url) => url.origin === service.url)
  assert.deepEqual(await sold(), { running: 1, ended: 0, kept: 1999, refunded: 0 })
  await context.close()
})

it('a reader who buys on a phone and on a laptop keeps one subscription, is told so, and has the other payment back', async () => {
  const before = await sold()
  const laptop = await browser.newContext({ viewport: { width: 1200, height: 800 } })
  const handheld = await browser.newContext({ viewport: phone })
  // Each page is opened before either browser knows that it is the same reader's.
  const pages = [await pressBuy(laptop), await pressBuy(handheld)] as const
  for (const context of [laptop, handheld]) await signIn(context)

  const first = await openedAt(laptop, pages[0])
  await pay(first)
  await first.waitForURL((url) => url.origin === service.url)
  const second = await openedAt(handheld, pages[1])
  await pay(second)
  await second.getByRole('heading', { name: 'You had a subscription already' }).waitFor()
  await second.getByText('refunded the payment in full; the subscription you had goes on').waitFor()
  await saveScreenshot({ page: second, name: 'two-purchases-1-refused' })

  const after = await sold()
  assert.equal(after.running - before.running, 1)
  assert.equal(after.ended - before.ended, 1)
  assert.equal(after.kept - before.kept, 1999)
  assert.equal(after.refunded - before.refunded, 1)
  for (const context of [laptop, handheld]) {
    const { reason } = await (
      await context.request.post(`${service.url}/v1/access`, { data: premium })
    ).json()
    assert.equal(reason, 'subscriber')
  }
  await second.getByRole('link', { name: /^Go to/ }).click()
  await second.waitForURL((url) => url.origin === service.url && url.pathname === '/')
  await second.emulateMedia({ colorScheme: 'dark' })
  await second.goBack()
  await second.getByRole('heading', { name: 'You had a subscription already' }).waitFor()
  await saveScreenshot({ page: second, name: 'two-purchases-2-refused-dark' })
})
