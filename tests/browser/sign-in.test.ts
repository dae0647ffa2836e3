import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import type { Browser } from 'playwright-core'
import { openBrowser } from '../support/browser.ts'
import { metered, offer, refused } from './answers.ts'
import { type Newsstand, openNewsstand, type Reply } from './newsstand.ts'
import { inWall, setVisibility, type VisitOptions, visit } from './visit.ts'

describe('signing in at the wall', () => {
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
    stand.decide(refused({ kind: 'registration' }))
    stand.reply('/v1/sign-in', { status: 202, body: { status: 'sent' } })
  })

  async function meetWall(options: Partial<VisitOptions> = {}) {
    const reader = await visit({ browser, stand, ...options })
    await reader.page.locator('newsrack-wall').waitFor()
    const wall = reader.page.getByRole('region')
    return {
      ...reader,
      wall,
      email: wall.getByRole('textbox', { name: 'E-mail address' }),
      send: wall.getByRole('button', { name: 'Send me the link' }),
    }
  }

  it('asks for an address at a registration wall, and has a link sent that leads back to this article', async () => {
    await using reader = await meetWall({ query: '?page=2' })
    assert.ok(
      await reader.wall
        .getByText('You’ve read your 5 free articles this month.', { exact: true })
        .isVisible(),
    )
    await reader.wall
      .getByRole('status')
      .filter({ hasText: /^You’ve read your 5 free articles this month\. Read on with your e-mail address$/ })
      .waitFor()
    await reader.email.fill(' a.reader@example.com ')
    await reader.send.click()
    const sent = reader.wall.getByText('We have sent a link to')
    await sent.waitFor()
    assert.match((await sent.textContent()) ?? '', /a\.reader@example\.com/)
    assert.equal(await reader.email.count(), 0)
    assert.match(String(await inWall(reader.page, 'wall.activeElement.textContent')), /We have sent/)
    assert.deepEqual(
      stand.asked.filter(({ path }) => path === '/v1/sign-in').map(({ body }) => body),
      [{ email: 'a.reader@example.com', returnTo: '/article?page=2', language: 'en' }],
    )
  })

  it('opens the article when the reader comes back from the link in another tab', async () => {
    await using reader = await meetWall()
    await reader.email.fill('a.reader@example.com')
    await reader.send.click()
    await reader.wall.getByText('We have sent a link to').waitFor()
    stand.decide(metered(4))
    await setVisibility(reader.page, 'hidden')
    await setVisibility(reader.page, 'visible')
    await reader.page.locator('newsrack-wall').waitFor({ state: 'detached' })
    assert.ok(await reader.page.getByText('Later paragraph').last().isVisible())
  })

  it('says what an address looks like, with the focus in the field', async () => {
    await using reader = await meetWall()
    await reader.email.fill('a.reader')
    await reader.email.press('Enter')
    await reader.page.getByRole('alert').filter({ hasText: 'such as name@example.com' }).waitFor()
    assert.equal(await inWall(reader.page, 'wall.activeElement.id'), 'email')
    assert.equal(await reader.email.getAttribute('aria-invalid'), 'true')
    assert.deepEqual(stand.paths(), ['/v1/access'])
  })

  const failures: [what: string, reply: Reply, words: RegExp][] = [
    [
      'is no address to the service',
      { status: 400, body: { code: 'invalid_request', detail: 'email: expected an address.' } },
      /such as name@example\.com/,
    ],
    ['cannot be sent', { status: 503, body: { code: 'store_unavailable' } }, /could not send the link/],
    [
      'was asked for too often',
      { status: 429, body: { code: 'too_many_sign_ins' } },
      /asked for several links/,
    ],
  ]
  for (const [what, reply, words] of failures) {
    it(`keeps what the reader wrote where it ${what}`, async () => {
      stand.reply('/v1/sign-in', reply, { status: 202, body: {} })
      await using reader = await meetWall()
      await reader.email.fill('a@b.c')
      await reader.send.click()
      await reader.page.getByRole('alert').filter({ hasText: words }).waitFor()
      assert.equal(await reader.email.inputValue(), 'a@b.c')
      await reader.send.click()
      await reader.wall.getByText('We have sent a link to').waitFor()
    })
  }

  it('is a step away from an offer, and the offer from it', async () => {
    stand.decide(refused())
    await using reader = await meetWall()
    await reader.wall.getByRole('button', { name: 'Already have an account? Sign in' }).click()
    await reader.email.waitFor()
    assert.equal(await inWall(reader.page, 'wall.activeElement.id'), 'email')
    assert.equal(await reader.wall.getByText(offer.price, { exact: true }).count(), 0)
    await reader.wall.getByRole('button', { name: 'See the offer' }).click()
    await reader.wall.getByText(offer.price, { exact: true }).waitFor()
    assert.equal(await inWall(reader.page, 'wall.activeElement.id'), 'agree')
  })
})
