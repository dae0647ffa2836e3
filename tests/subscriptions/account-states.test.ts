import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'
import { violationsOn } from '../support/axe.ts'
import { openBrowser, saveScreenshot } from '../support/browser.ts'
import { configFolder } from '../support/config-folder.ts'
import { dayMs, openShop, type Shop, type Subscriber } from './shop.ts'

const sites = `
- id: demo
  name: The Harbor Lantern
  timeZone: America/New_York
  languages: [de-DE, ar]
  withdrawalDays: 14
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
- id: stay
  plan: unlimited-digital
  headline: Stay With Us
  button: Keep reading
  translations:
    de-DE: { headline: Bleiben Sie, button: Weiterlesen }
    ar: { headline: ابقَ معنا, button: أتابع القراءة }
  audience: [cancelling]
  oncePerReader: true
  intro: { kind: each_period, amount: 999, for: once }
`

let config: Awaited<ReturnType<typeof configFolder>>
let shop: Shop
let browser: Browser
before(async () => {
  config = await configFolder({ sites, offers })
  browser = await openBrowser()
  shop = await openShop({ environment: { CONFIG_DIR: config.path } })
})
after(async () => {
  await browser.close()
  await shop.close()
  await config.remove()
})

const looks = [
  { device: 'phone', viewport: { width: 390, height: 844 }, colorScheme: 'light' },
  { device: 'desktop', viewport: { width: 1280, height: 900 }, colorScheme: 'dark' },
] as const

/** A page of the account, on a phone and on a desk, in light and in dark: it says this, fits, and keeps nobody out. */
async function looksRight(options: { token: string; path?: string; name: string; says: readonly string[] }) {
  const { token, path = '/account', name, says } = options
  for (const { device, viewport, colorScheme } of looks) {
    const context = await browser.newContext({ viewport, colorScheme })
    await context.addCookies([{ name: 'newsrack_reader', value: token, url: shop.url }])
    const page = await context.newPage()
    await page.goto(shop.url + path)
    for (const words of says) await page.getByText(words).first().waitFor()
    await saveScreenshot({ page, name: `account-${name}-${device}-${colorScheme}` })
    assert.equal(await page.evaluate('document.documentElement.scrollWidth'), viewport.width)
    assert.deepEqual(await violationsOn(page), [], `${name}, ${device}, ${colorScheme}`)
    await context.close()
  }
}

async function visit({ token }: Pick<Subscriber, 'token'>, path = '/account'): Promise<Page> {
  const context = await browser.newContext({ javaScriptEnabled: false })
  await context.addCookies([{ name: 'newsrack_reader', value: token, url: shop.url }])
  const page = await context.newPage()
  await page.goto(shop.url + path)
  return page
}

describe('the account of a reader', () => {
  it('in an introductory period shows it, the next charge, the bills and every way out', async () => {
    const { token } = await shop.subscriber()
    await looksRight({
      token,
      name: 'trial',
      says: [
        'until April 24, 2027',
        '$20.24, due on April 24, 2027',
        'Bills',
        'Change card',
        'Withdraw from the contract',
      ],
    })
  })

  it('who is about to cancel or withdraw shows what comes of it', async () => {
    const { token } = await shop.subscriber()
    const cancel = ['Yes, cancel', 'You can read until April 24, 2027. You will not be charged.']
    await looksRight({ token, path: '/account/cancel', name: 'confirm-cancel', says: cancel })
    const withdraw = ['Confirm withdrawal', 'You may withdraw until December 8, 2026']
    await looksRight({ token, path: '/account/withdraw', name: 'confirm-withdraw', says: withdraw })
  })

  it('who has canceled shows until when, and how to undo it', async () => {
    const { token, browser: client } = await shop.subscriber()
    await client.post('/v1/subscription/cancel').expect(200)
    const says = ['Your subscription is canceled. You can read until April 24, 2027.', 'Changed your mind?']
    await looksRight({ token, name: 'ending', says })
  })

  it('is in German for who bought in German, and in Arabic from right to left', async () => {
    const german = await shop.subscriber({ language: 'de' })
    const inGerman = ['Ihr Konto', '20,24\u00a0$, fällig am 24. April 2027', '19,99\u00a0$ alle 4 Wochen']
    await looksRight({ token: german.token, name: 'german', says: [...inGerman, 'Abo kündigen'] })
    const arab = await shop.subscriber({ language: 'ar' })
    await looksRight({
      token: arab.token,
      name: 'arabic',
      says: ['حسابك', 'الدفعة التالية', 'إلغاء الاشتراك'],
    })
    const page = await visit(arab)
    assert.equal(await page.locator('html').getAttribute('dir'), 'rtl')
    assert.equal(await page.locator('html').getAttribute('lang'), 'ar')
    await page.goto(`${shop.url}/account?language=en`)
    await page.getByRole('button', { name: 'Cancel subscription' }).click()
    await page.getByRole('heading', { name: 'Cancel your subscription?' }).waitFor()
    await page.context().close()
  })
})

describe('a reader who withdraws', () => {
  it('within the days that the law gives has two clicks to do it, and it ends at once', async () => {
    const reader = await shop.subscriber()
    const page = await visit(reader)
    await page.getByRole('link', { name: 'Withdraw from the contract' }).click()
    await page.getByRole('button', { name: 'Confirm withdrawal' }).click()
    await page.getByRole('status').getByText('You have withdrawn from the contract.').waitFor()
    await page.getByText('Your subscription has ended.').waitFor()
    const { status } = await shop.stripe.subscriptions.retrieve(reader.subscription)
    assert.equal(status, 'canceled')
    await page.context().close()
    await looksRight({ token: reader.token, name: 'ended', says: ['Your subscription has ended.'] })
  })

  it('is not let by a page of somebody else’s', async () => {
    const reader = await shop.subscriber()
    await reader.browser.post('/account/withdraw').set('Origin', 'https://evil.example').expect(403)
    const { status } = await shop.stripe.subscriptions.retrieve(reader.subscription)
    assert.equal(status, 'trialing')
  })
})

describe('as time goes by', () => {
  it('a reader whose card fails changes it on the payment service’s page, and reads on', async () => {
    const owes = await shop.subscriber({ number: '4000 0000 0000 0341' })
    const late = await shop.subscriber()
    await shop.waitUntil(owes.introEndsAtMs + dayMs)
    const says = ['Your last payment did not go through. We will try it again.', 'Change card', 'open']
    await looksRight({ token: owes.token, name: 'owing', says })
    await looksRight({ token: late.token, name: 'active', says: ['Paid until', 'Next charge', 'paid'] })

    await late.browser.post('/v1/subscription/cancel').expect(200)
    const offered = ['Changed your mind?', 'Only $9.99 on your next bill', 'I agree to these terms.']
    await looksRight({ token: late.token, name: 'save-offer', says: offered })
    const undecided = await visit(late)
    await undecided.getByRole('checkbox').check()
    await undecided.getByRole('button', { name: 'Keep reading' }).click()
    await undecided.getByText('Your subscription goes on as before.').waitFor()
    await undecided.getByText('$9.99, due on').waitFor()
    await undecided.context().close()

    const page = await visit(owes)
    await page.getByRole('link', { name: 'Change card' }).click()
    await page.waitForURL(/\/portal\//)
    await page.getByText('Change the card').click()
    await page.getByLabel('Card number').fill('4242 4242 4242 4242')
    await page.getByLabel('Expiry').fill('12 / 34')
    await page.getByLabel('Security code').fill('123')
    await page.getByLabel('Name on card').fill('R. Eader')
    await page.getByRole('button', { name: 'Use this card from now on' }).click()
    await shop.settled()
    await shop.waitUntil(owes.introEndsAtMs + 4 * dayMs)
    await shop.settled()
    await page.goto(`${shop.url}/account`)
    while ((await page.getByText('did not go through').count()) > 0) {
      await pause(50)
      await page.reload()
    }
    await page.getByText('Next charge').waitFor()
    await page.context().close()
  })

  it('a reader may withdraw no more when the days are over', async () => {
    const { token, browser: client } = await shop.subscriber()
    const page = await visit({ token })
    assert.equal(await page.getByRole('link', { name: 'Withdraw from the contract' }).count(), 1)
    await shop.waitUntil(shop.now() + 15 * dayMs)
    await page.reload()
    assert.equal(await page.getByRole('link', { name: 'Withdraw from the contract' }).count(), 0)
    const { headers } = await client.get('/account/withdraw').expect(303)
    assert.equal(headers.location, '/account')
    await client.post('/account/withdraw').set('Origin', shop.url).expect(303)
    assert.equal((await client.get('/v1/reader')).body.subscription.endsAt, null)
    await page.context().close()
  })
})
