import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import type { CheckoutRequest } from '../../src/browser/service.ts'
import { openBrowser } from '../support/browser.ts'
import { offer, refused, stopped, subscribed } from './answers.ts'
import { type Newsstand, openNewsstand } from './newsstand.ts'
import { setVisibility, type VisitOptions, visit } from './visit.ts'

describe('buying at the wall', () => {
  let browser: Browser
  let stand: Newsstand

  before(async () => {
    ;[browser, stand] = await Promise.all([openBrowser(), openNewsstand()])
  })
  after(async () => {
    await browser.close()
    await stand.close()
  })
  beforeEach(() => {
    stand.clear()
    stand.decide(stopped)
    stand.reply('/v1/checkout', { status: 201, body: { attempt: 'a1', url: `${stand.origin}/pay` } })
  })

  async function meetWall(options: Partial<VisitOptions> = {}) {
    const reader = await visit({ browser, stand, ...options })
    await button(reader.page).waitFor()
    return reader
  }

  const checkouts = () => stand.asked.filter(({ path }) => path === '/v1/checkout')

  it('asks for the tick first, with the focus on the box and a message', async () => {
    await using reader = await meetWall()
    await button(reader.page).click()
    const words = 'Please check the box to agree to these terms.'
    await reader.page.getByRole('alert').filter({ hasText: words }).waitFor()
    assert.equal(await focused(reader.page), 'agree')
    assert.equal(await box(reader.page).getAttribute('aria-invalid'), 'true')
    assert.equal(checkouts().length, 0)
    await box(reader.page).check()
    assert.equal(await reader.page.getByRole('alert').textContent(), '')
    assert.equal(await box(reader.page).getAttribute('aria-invalid'), null)
  })

  it('sends the offer, the terms the reader agreed to and the section, and goes to the checkout', async () => {
    await using reader = await meetWall({ query: '?page=2#comments' })
    await box(reader.page).check()
    await button(reader.page).click()
    await reader.page.waitForURL('**/pay')
    const expected: CheckoutRequest = {
      section: 'world',
      offer: offer.id,
      termsHash: offer.termsHash,
      consent: true,
      returnTo: '/article?page=2',
      language: 'en',
    }
    assert.deepEqual(
      checkouts().map(({ body }) => body),
      [expected],
    )
  })

  it('buys once however often the button is pressed', async () => {
    stand.reply('/v1/checkout', { hang: true })
    await using reader = await meetWall()
    await box(reader.page).check()
    await Promise.all([reader.page.waitForRequest('**/v1/checkout'), button(reader.page).dblclick()])
    const busy = reader.page.getByRole('button', { name: 'Opening secure checkout…' })
    await busy.click()
    assert.equal(await busy.getAttribute('aria-busy'), 'true')
    // Another request of the page, which would come after a second purchase.
    await reader.page.evaluate(`fetch('/pay')`)
    assert.equal(checkouts().length, 1)
  })

  it('is not disturbed by what the service said of an earlier return to the page', async () => {
    stand.reply('/v1/checkout', { hang: true })
    const pressed = Promise.withResolvers<void>()
    await using reader = await meetWall()
    await reader.page.route('**/v1/access', async (route) => {
      await pressed.promise
      await route.fulfill({ json: { ...stopped, offer: null } })
    })
    const asked = reader.page.waitForResponse('**/v1/access')
    await setVisibility(reader.page, 'visible')
    await box(reader.page).check()
    await button(reader.page).click()
    pressed.resolve()
    await (await asked).finished()
    await reader.page.evaluate(`fetch('/pay')`)
    assert.ok(await reader.page.getByRole('button', { name: 'Opening secure checkout…' }).isVisible())
  })

  it('can be done with the keyboard alone', async () => {
    await using reader = await meetWall()
    const { keyboard } = reader.page
    await keyboard.press('Tab')
    assert.equal(await reader.page.evaluate('document.activeElement.textContent'), 'The Harbor Lantern')
    await keyboard.press('Tab')
    assert.equal(await focused(reader.page), 'agree')
    await keyboard.press('Space')
    await keyboard.press('Tab')
    assert.equal(
      await reader.page.evaluate(
        `getComputedStyle(document.activeElement.shadowRoot.activeElement).outlineStyle`,
      ),
      'solid',
    )
    await keyboard.press('Enter')
    await reader.page.waitForURL('**/pay')
    assert.equal(checkouts().length, 1)
  })

  it('shows changed terms and asks for a new tick', async () => {
    const changed = { ...offer, terms: 'Other terms.', termsHash: 'hash-of-other-terms' }
    stand.reply(
      '/v1/checkout',
      { status: 409, body: { code: 'terms_changed', detail: 'Changed.', offer: changed } },
      { status: 201, body: { attempt: 'a1', url: `${stand.origin}/pay` } },
    )
    await using reader = await meetWall()
    await box(reader.page).check()
    await button(reader.page).click()
    await alert(reader.page, 'The terms have changed. Please read them again.')
    assert.ok(await reader.page.getByText(changed.terms).isVisible())
    assert.equal(await reader.page.getByText(offer.terms).count(), 0)
    assert.equal(await box(reader.page).isChecked(), false)
    assert.equal(await focused(reader.page), 'agree')
    await box(reader.page).check()
    await button(reader.page).click()
    await reader.page.waitForURL('**/pay')
    const sent = checkouts().map(({ body }) => JSON.stringify(body))
    assert.match(sent[0] ?? '', /"termsHash":"hash-of-the-terms"/)
    assert.match(sent[1] ?? '', /"termsHash":"hash-of-other-terms"/)
  })

  for (const [code, words] of [
    ['offer_ended', 'Sorry, that offer has just ended.'],
    ['offer_unavailable', 'Sorry, that offer is no longer available.'],
  ] as const) {
    it(`shows what is offered now after ${code}`, async () => {
      const standing = { ...offer, id: 'standing', price: '$19.99 every 4 weeks', button: 'Subscribe' }
      stand.reply('/v1/checkout', { status: 409, body: { code, detail: 'No.' } })
      await using reader = await meetWall()
      stand.decide({ ...stopped, offer: standing })
      await box(reader.page).check()
      await button(reader.page).click()
      await alert(reader.page, words)
      assert.ok(await reader.page.getByText(standing.price, { exact: true }).isVisible())
      assert.ok(await reader.page.getByRole('button', { name: 'Subscribe' }).isVisible())
      assert.equal(await box(reader.page).isChecked(), false)
    })
  }

  it('says that the offer has ended where nothing else is offered', async () => {
    stand.reply('/v1/checkout', { status: 409, body: { code: 'offer_ended', detail: 'No.' } })
    await using reader = await meetWall()
    stand.decide(refused({ offered: null }))
    await box(reader.page).check()
    await button(reader.page).click()
    await alert(reader.page, 'Sorry, that offer has just ended.')
    assert.equal(await reader.page.getByRole('button', { name: offer.button }).count(), 0)
    assert.ok(await reader.page.getByText('You can read on from December 1.').isVisible())
  })

  it('reloads the page for a reader who already subscribes', async () => {
    stand.reply('/v1/checkout', { status: 409, body: { code: 'already_subscribed', detail: 'You do.' } })
    await using reader = await meetWall()
    stand.decide(subscribed)
    await box(reader.page).check()
    await Promise.all([reader.page.waitForEvent('load'), button(reader.page).click()])
    assert.ok(await reader.page.getByText('Later paragraph').first().isVisible())
  })

  const passing = [
    {
      name: 'there were too many attempts',
      reply: { status: 429, body: { code: 'too_many_attempts', detail: 'Too many.' } },
      words: /tried this several times/,
    },
    {
      name: 'payments are unavailable',
      reply: { status: 503, body: { code: 'payments_unavailable', detail: 'Later.' } },
      words: /cannot take payments at the moment/,
    },
    { name: 'the service breaks', reply: { status: 500, body: 'oh' }, words: /could not open the checkout/ },
    {
      name: 'the answer is no address',
      reply: { status: 201, body: {} },
      words: /could not open the checkout/,
    },
  ]
  for (const { name, reply, words } of passing) {
    it(`lets the reader try again when ${name}`, async () => {
      stand.reply('/v1/checkout', reply, { status: 201, body: { attempt: 'a1', url: `${stand.origin}/pay` } })
      await using reader = await meetWall()
      await box(reader.page).check()
      await button(reader.page).click()
      await alert(reader.page, words)
      assert.ok(await box(reader.page).isChecked())
      await button(reader.page).click()
      await reader.page.waitForURL('**/pay')
    })
  }

  it('has its button back when the reader returns from the checkout', async () => {
    stand.reply('/v1/checkout', { hang: true })
    await using reader = await meetWall()
    await box(reader.page).check()
    await button(reader.page).click()
    await reader.page.getByRole('button', { name: 'Opening secure checkout…' }).waitFor()
    await reader.page.evaluate(`dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))`)
    await button(reader.page).waitFor()
    assert.equal(await button(reader.page).getAttribute('aria-busy'), null)
  })
})

const box = (page: Page) => page.getByRole('checkbox', { name: 'I agree to these terms' })

const button = (page: Page) => page.getByRole('button', { name: offer.button })

const alert = (page: Page, words: string | RegExp) =>
  page.getByRole('alert').filter({ hasText: words }).waitFor()

async function focused(page: Page): Promise<unknown> {
  return await page.evaluate('document.activeElement?.shadowRoot?.activeElement?.id')
}
