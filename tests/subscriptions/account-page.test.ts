import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import request from 'supertest'
import { openBrowser, saveScreenshot } from '../support/browser.ts'
import { dayMs, forSubscribers, openShop, type Shop } from './shop.ts'

let shop: Shop
let browser: Browser
before(async () => {
  browser = await openBrowser()
  shop = await openShop()
})
after(async () => {
  await browser.close()
  await shop.close()
})

/** The account page of the reader with this token, or of one who was never here; complaints of the browser fail. */
async function visit(token: string | null, options: BrowserContextOptions = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options })
  if (token !== null) await context.addCookies([{ name: 'newsrack_reader', value: token, url: shop.url }])
  const page = await context.newPage()
  const errors: string[] = []
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
  await page.goto(`${shop.url}/account`)
  return {
    page,
    async [Symbol.asyncDispose]() {
      await context.close()
      assert.deepEqual(errors, [])
    },
  }
}

const says = (page: Page, words: string) => page.getByText(words).waitFor()
const press = (page: Page, name: string) => page.getByRole('button', { name }).click()

describe('a subscriber’s account', () => {
  it('says what is subscribed, until when, and what is charged next', async () => {
    const { token } = await shop.subscriber()
    await using visitor = await visit(token)
    const { page } = visitor
    await says(page, 'Unlimited Digital Access')
    await says(page, 'until April 24, 2027')
    await says(page, '$20.24, due on April 24, 2027')
    await says(page, '25¢ for the introductory period and $19.99 for the period after it')
    await says(page, '$19.99 every 4 weeks')
    await says(page, 'You have 5 of 5 free articles left this month, and 5 again from December 1, 2026.')
    assert.equal(await page.getByRole('link', { name: 'Back to' }).getAttribute('href'), `${shop.url}/`)
  })

  it('lets them cancel in two clicks and undo it, without a script', async () => {
    const { token, browser: client } = await shop.subscriber()
    await using visitor = await visit(token, { javaScriptEnabled: false })
    const { page } = visitor
    await press(page, 'Cancel subscription')
    await says(page, 'You can read until April 24, 2027. You will not be charged.')
    assert.equal(await ends(), null)
    await press(page, 'Yes, cancel')
    await page.waitForURL(`${shop.url}/account`)
    await page
      .getByRole('status')
      .getByText('You can read until April 24, 2027. You will not be charged.')
      .waitFor()
    assert.match(String(await ends()), /^2027-04-24T/)
    await page.reload()
    assert.equal(await page.getByText('due on').count(), 0)

    await press(page, 'Undo')
    await page.getByRole('status').getByText('Your subscription goes on as before.').waitFor()
    await says(page, '$20.24, due on April 24, 2027')
    assert.equal(await ends(), null)

    async function ends(): Promise<unknown> {
      return (await client.get('/v1/reader')).body.subscription.endsAt
    }
  })

  it('changes nothing for those who would rather keep reading', async () => {
    const { token, browser: client } = await shop.subscriber()
    await using visitor = await visit(token)
    await press(visitor.page, 'Cancel subscription')
    await visitor.page.getByRole('link', { name: 'Keep reading' }).click()
    await visitor.page.waitForURL(`${shop.url}/account`)
    assert.equal((await client.get('/v1/reader')).body.subscription.endsAt, null)
  })

  it('can be used with the keyboard alone', async () => {
    const { token } = await shop.subscriber()
    await using visitor = await visit(token)
    const { page } = visitor
    for (const name of [
      'Cancel subscription',
      'Yes, cancel',
      'Undo: keep the subscription',
      'Cancel subscription',
    ]) {
      await page.getByRole('button', { name }).focus()
      await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')])
    }
    await says(page, 'Cancel your subscription?')
  })

  it('fits every screen, in light and dark', async () => {
    for (const [device, viewport] of [
      ['phone', { width: 390, height: 844 }],
      ['small-phone', { width: 320, height: 600 }],
      ['desktop', { width: 1280, height: 800 }],
    ] as const) {
      for (const colorScheme of ['light', 'dark'] as const) {
        const { token } = await shop.subscriber()
        await using visitor = await visit(token, { viewport, colorScheme })
        const { page } = visitor
        const look = async (what: string, words: string) => {
          await says(page, words)
          await saveScreenshot({ page, name: `account-${what}-${device}-${colorScheme}` })
          assert.equal(await page.evaluate('document.documentElement.scrollWidth'), viewport.width)
        }
        await look('running', 'due on')
        await press(page, 'Cancel subscription')
        await look('confirm', 'Cancel your subscription?')
        await press(page, 'Yes, cancel')
        await look('cancelled', 'Changed your mind?')
        await press(page, 'Undo')
        await look('resumed', 'goes on as before')
        await page.context().clearCookies()
        await page.goto(`${shop.url}/account`)
        await look('none', 'You have no subscription.')
      }
    }
  })
})

describe('a reader without a subscription', () => {
  it('is told so, with the free articles they have and a way back to the paper', async () => {
    await using visitor = await visit(null)
    const { page } = visitor
    await says(page, 'You have no subscription.')
    await says(page, 'You have 5 of 5 free articles left this month, and 5 again from December 1, 2026.')
    const back = page.getByRole('link', { name: 'Back to The Harbor Lantern' }).first()
    assert.equal(await back.getAttribute('href'), `${shop.url}/`)
    assert.equal(await page.getByRole('button').count(), 0)
  })

  it('is led back from the question whether to cancel', async () => {
    for (const path of ['/account/cancel', '/account/resume']) {
      const { headers } = await request(shop.url).get(path).expect(303)
      assert.equal(headers.location, '/account')
    }
  })

  it('loses nothing by a form sent late', async () => {
    for (const path of ['/account/cancel', '/account/resume']) {
      const { headers } = await request(shop.url).post(path).set('Origin', shop.url).expect(303)
      assert.equal(headers.location, '/account')
    }
  })
})

describe('the pages of an account', () => {
  it('take no form that another page sends', async () => {
    const { browser: client } = await shop.subscriber()
    for (const headers of [
      { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' },
      { Origin: 'null', 'Sec-Fetch-Site': 'same-site' },
      { 'Sec-Fetch-Site': 'none' },
      {},
    ]) {
      const { text } = await client.post('/account/cancel').type('form').set(headers).expect(403)
      assert.match(text, /nothing has changed/)
    }
    assert.equal((await client.get('/v1/reader')).body.subscription.endsAt, null)
    await client.post('/account/cancel').type('form').set('Sec-Fetch-Site', 'same-origin').expect(303)
    await client.post('/account/resume').type('form').set('Origin', shop.url).expect(303)
  })

  it('are kept by nobody on the way, run nothing, and load their style alone', async () => {
    const { browser: client } = await shop.subscriber()
    for (const path of ['/account', '/account/cancel']) {
      const { headers, text } = await client.get(path).expect(200)
      assert.equal(headers['cache-control'], 'no-store')
      assert.match(String(headers['content-security-policy']), /^default-src 'none'; style-src 'self';/)
      assert.doesNotMatch(text, /<script|<style|style=|onclick/)
    }
    const { headers } = await client.get('/account/account.css').expect(200)
    assert.match(String(headers['cache-control']), /max-age=3600/)
    assert.match(String(headers['content-type']), /css/)
  })

  it('say when payments cannot be reached, and work on when they can', async () => {
    const { token, browser: client } = await shop.subscriber()
    await using visitor = await visit(token)
    const { page } = visitor
    await press(page, 'Cancel subscription')
    await says(page, 'Cancel your subscription?')
    shop.hearing.payments = false
    for (const path of ['/account/cancel', '/account/resume']) {
      await client
        .post(path)
        .set('Origin', shop.url)
        .expect(503, /Our payment service does not answer/)
    }
    await client.get('/account/cancel').expect(503, /Our payment service does not answer/)
    await client.get('/account').expect(200)
    assert.equal((await client.get('/v1/reader')).body.subscription.endsAt, null)
    shop.hearing.payments = true
    await press(page, 'Yes, cancel')
    await says(page, 'You will not be charged.')
  })

  it('tell of a site that does not exist', async () => {
    await request(shop.url)
      .get('/account?site=nowhere')
      .expect(404, /There is no site/)
  })

  it('keep to the site they were asked for', async () => {
    const { browser: client } = await shop.subscriber()
    const account = await client.get('/account?site=demo').expect(200)
    assert.match(account.text, /<input type="hidden" name="site" value="demo">/)
    const question = await client.get('/account/cancel?site=demo').expect(200)
    assert.match(question.text, /action="\/account\/cancel\?site=demo"/)
    const { headers } = await client.post('/account/cancel?site=demo').set('Origin', shop.url).expect(303)
    assert.equal(headers.location, '/account?site=demo')
  })
})

describe('an account as time goes by', () => {
  it('speaks of what is paid once the introductory period is over, and of nothing when it has ended', async () => {
    const { browser: client, introEndsAtMs } = await shop.subscriber()
    await shop.waitUntil(introEndsAtMs + dayMs)
    const paid = await client.get('/account').expect(200)
    assert.match(paid.text, /Paid until<\/dt><dd>May 22, 2027</)
    assert.match(paid.text, /\$19\.99, due on May 22, 2027</)
    const question = await client.get('/account/cancel').expect(200)
    assert.match(question.text, /You can read until May 22, 2027\. You will not be charged again\./)
    await client.post('/account/cancel').set('Origin', shop.url).expect(303)
    await shop.waitUntil(introEndsAtMs + 30 * dayMs)
    assert.match((await client.get('/account')).text, /Your subscription has ended\./)
    assert.equal((await client.post('/v1/access').send(forSubscribers)).body.granted, false)
  })
})
