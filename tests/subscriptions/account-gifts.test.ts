import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import request from 'supertest'
import { violationsOn } from '../support/axe.ts'
import { openBrowser, saveScreenshot } from '../support/browser.ts'
import { configFolder } from '../support/config-folder.ts'
import { startMailServer } from '../support/mail-server.ts'
import { openShop, type Shop } from './shop.ts'

const sites = `
- id: demo
  name: The Harbor Lantern
  timeZone: America/New_York
  languages: [de-DE, ar]
`

const offers = `
- id: a-year-of-reading
  plan: unlimited-digital
  headline: A year of reading
  button: Give a year
  translations:
    de-DE: { headline: Ein Jahr lesen, button: Ein Jahr verschenken }
    ar: { headline: عام من القراءة, button: أهدِ عامًا }
  gift: { amount: 12000, months: 12 }
  priority: 2
- id: a-quarter-of-reading
  plan: unlimited-digital
  headline: Three months of reading
  button: Give three months
  translations:
    de-DE: { headline: Drei Monate lesen, button: Drei Monate verschenken }
    ar: { headline: ثلاثة أشهر من القراءة, button: أهدِ ثلاثة أشهر }
  gift: { amount: 4000, months: 3 }
  priority: 1
`

let config: Awaited<ReturnType<typeof configFolder>>
let mailServer: Awaited<ReturnType<typeof startMailServer>>
let shop: Shop
let browser: Browser
/** All that was opened is closed, also where opening the rest of it failed. */
const opened = new AsyncDisposableStack()
before(async () => {
  config = opened.adopt(await configFolder({ sites, offers }), (folder) => folder.remove())
  mailServer = opened.adopt(await startMailServer(), (server) => server.stop())
  browser = opened.adopt(await openBrowser(), (chromium) => chromium.close())
  const environment = {
    CONFIG_DIR: config.path,
    SMTP_URL: mailServer.url.href,
    MAIL_FROM: 'mail@lantern.example',
  }
  shop = opened.adopt(await openShop({ environment }), (open) => open.close())
})
after(() => opened.disposeAsync())

let givers = 0
async function visit(path: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ javaScriptEnabled: false, locale: 'en-US', ...options })
  const page = await context.newPage()
  await page.goto(shop.url + path)
  return page
}

/** Chooses the year on the page for giving and pays it: the link, as the page after paying shows it. */
async function giveAYear(page: Page): Promise<{ email: string; link: string }> {
  givers += 1
  const email = `giver-${givers}@example.com`
  await page.goto(`${shop.url}/account/give`)
  const offer = page.getByRole('region', { name: 'A year of reading' })
  await offer.getByRole('checkbox').check()
  await offer.getByRole('button', { name: 'Give a year' }).click()
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Card number').fill('4242 4242 4242 4242')
  await page.getByLabel('Expiry').fill('12 / 34')
  await page.getByLabel('Security code').fill('123')
  await page.getByLabel('Name on card').fill('G. Iver')
  await page.getByRole('button', { name: /^Pay/ }).click()
  await page.getByRole('heading', { name: 'Your gift is ready' }).waitFor()
  const link = await page.locator('.link a').getAttribute('href')
  assert.ok(link)
  await shop.settled()
  return { email, link }
}

async function accepts(friend: ReturnType<typeof request.agent>, link: string) {
  return friend.post(new URL(link).pathname).set('Origin', shop.url)
}

const inEveryLight = [
  { device: 'phone', viewport: { width: 390, height: 844 }, colorScheme: 'light' },
  { device: 'phone', viewport: { width: 320, height: 640 }, colorScheme: 'dark' },
  { device: 'desktop', viewport: { width: 1280, height: 900 }, colorScheme: 'dark' },
] as const

async function looksRight(options: { token: string; path: string; name: string; says: readonly string[] }) {
  const { token, path, name, says } = options
  for (const { device, viewport, colorScheme } of inEveryLight) {
    const context = await browser.newContext({ viewport, colorScheme, locale: 'en-US' })
    await context.addCookies([{ name: 'newsrack_reader', value: token, url: shop.url }])
    const page = await context.newPage()
    await page.goto(shop.url + path)
    for (const words of says) await page.getByText(words).first().waitFor()
    await saveScreenshot({ page, name: `account-${name}-${device}-${viewport.width}-${colorScheme}` })
    assert.equal(await page.evaluate('document.documentElement.scrollWidth'), viewport.width)
    assert.deepEqual(await violationsOn(page), [], `${name}, ${device}, ${colorScheme}`)
    await context.close()
  }
}

async function tokenOf(page: Page): Promise<string> {
  const cookies = await page.context().cookies()
  return cookies.find(({ name }) => name === 'newsrack_reader')?.value ?? ''
}

describe('a reader who gives', () => {
  it('chooses on the account page, agrees to the terms, pays, and has the link there from then on', async () => {
    const page = await visit('/account')
    await page.getByRole('link', { name: 'Give a subscription' }).click()
    await page.getByText('$120 for 12 months, as a gift').waitFor()
    for (const box of await page.getByRole('checkbox').all()) assert.equal(await box.isChecked(), false)
    const { link } = await giveAYear(page)
    await page.goto(`${shop.url}/account`)
    await page.getByText('Unlimited Digital Access · 12 months').waitFor()
    await page.getByText('Bought on November 24, 2026. Not accepted yet.').waitFor()
    assert.equal(await page.getByRole('link', { name: link }).getAttribute('href'), link)

    const friend = request.agent(shop.url)
    assert.equal((await accepts(friend, link)).status, 200)
    await page.reload()
    await page.getByText('Accepted on November 24, 2026.').waitFor()
    assert.equal(await page.getByRole('link', { name: link }).count(), 0)
    await page.context().close()
  })

  it('is written the terms and the link', async () => {
    const page = await visit('/account')
    const { email, link } = await giveAYear(page)
    await shop.waitUntil(shop.now() + 60_000)
    const { subject, text = '' } = await mailServer.mailTo(email)
    assert.equal(subject, 'Your gift: The Harbor Lantern for 12 months')
    assert.ok(text.includes(link))
    assert.match(text, /\$120 today/)
    await page.context().close()
  })

  it('buys nothing without agreeing, or on terms that have changed, and is told so', async () => {
    const client = request.agent(shop.url)
    const { text } = await client.get('/account/give').expect(200)
    const [, termsHash = ''] = /name="termsHash" value="(\w+)"/.exec(text) ?? []
    const order = { offer: 'a-year-of-reading', termsHash, consent: 'yes' }
    const { consent: _, ...unread } = order
    for (const form of [unread, { ...order, termsHash: 'of before' }, { ...order, offer: 'none' }, {}]) {
      const { headers } = await client
        .post('/account/give')
        .set('Origin', shop.url)
        .type('form')
        .send(form)
        .expect(303)
      assert.equal(headers.location, '/account/give?done=refused')
    }
    await client.get('/account/give?done=refused').expect(200, /nothing has changed/)
    await client
      .post('/account/give')
      .set('Origin', 'https://evil.example')
      .type('form')
      .send(order)
      .expect(403)

    shop.hearing.payments = false
    const { headers } = await client
      .post('/account/give')
      .set('Origin', shop.url)
      .type('form')
      .send(order)
      .expect(303)
    shop.hearing.payments = true
    await client.get(String(headers.location)).expect(200, /Our payment service does not answer/)
  })

  it('is told when the money went back', async () => {
    const page = await visit('/account')
    await giveAYear(page)
    const { data } = await shop.stripe.charges.list({ limit: 1 })
    await shop.stripe.refunds.create({ charge: data[0]?.id ?? '' })
    await shop.settled()
    await page.goto(`${shop.url}/account`)
    await page.getByText('Refunded; its link opens nothing any more.').waitFor()
    shop.hearing.payments = false
    await page.reload()
    shop.hearing.payments = true
    await page.getByText('Not accepted yet.').waitFor()
    await page.context().close()
  })

  it('is told while its payment is disputed, in words of their language, and keeps the link', async () => {
    const page = await visit('/account')
    const { link } = await giveAYear(page)
    const { data } = await shop.stripe.charges.list({ limit: 1 })
    shop.dispute(data[0]?.id ?? '')
    await shop.settled()
    const spoken = [
      ['en', 'The payment is being clarified with the bank'],
      ['de', 'Die Zahlung wird gerade mit der Bank geklärt'],
      ['ar', 'تجري مراجعة دفعة هذه الهدية مع البنك'],
    ] as const
    const token = await tokenOf(page)
    for (const [language, says] of spoken) {
      const path = `/account?language=${language}`
      await looksRight({ token, path, name: `gift-disputed-${language}`, says: [says] })
      await page.goto(shop.url + path)
      assert.equal(await page.getByRole('link', { name: link }).count(), 1)
    }
    await page.context().close()
  })

  it('may have all that is known of them deleted, and the gift can be accepted all the same', async () => {
    const page = await visit('/account')
    const { link } = await giveAYear(page)
    await page.goto(`${shop.url}/account`)
    await page.getByRole('link', { name: 'Delete my data' }).click()
    await page.getByRole('heading', { name: 'Delete everything we know of you?' }).waitFor()
    await page.getByRole('button', { name: 'Delete everything' }).click()
    await page.getByRole('status').getByText('We know nothing of you any more.').waitFor()
    await page.goto(`${shop.url}/account`)
    assert.equal(await page.getByText('Not accepted yet').count(), 0)

    const friend = request.agent(shop.url)
    const { status, text } = await accepts(friend, link)
    assert.equal(status, 200, text)
    await page.context().close()
  })
})

describe('the pages about gifts', () => {
  it('fit every screen, in light and dark, in every language, and keep nobody out', async () => {
    const page = await visit('/account')
    const { link } = await giveAYear(page)
    const token = await tokenOf(page)
    const spoken = [
      ['en', 'Give a subscription', 'Not accepted yet.'],
      ['de', 'Ein Abo verschenken', 'Noch nicht angenommen.'],
      ['ar', 'إهداء اشتراك', 'لم تُقبل بعد.'],
    ] as const
    for (const [language, give, open] of spoken) {
      const query = `?language=${language}`
      await looksRight({ token, path: `/account${query}`, name: `gifts-${language}`, says: [give, open] })
      await looksRight({ token, path: `/account/give${query}`, name: `give-${language}`, says: [give] })
    }
    const refused = ['nothing has changed']
    await looksRight({ token, path: '/account/give?done=refused', name: 'give-refused', says: refused })

    const friend = await visit(new URL(link).pathname)
    await friend.getByRole('button', { name: 'Accept the gift' }).click()
    await friend.getByText('is yours until November 24, 2027').waitFor()
    await looksRight({
      token: await tokenOf(friend),
      path: '/account',
      name: 'gift-accepted',
      says: ['You can read until November 24, 2027. A gift'],
    })
    await friend.goto(`${shop.url}/account`)
    assert.equal(await friend.getByText('Cancel subscription').count(), 0)
    await friend.context().close()
    await page.context().close()
  })
})
