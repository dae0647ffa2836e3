import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import type { Browser } from 'playwright-core'
import { openBrowser } from '../support/browser.ts'
import { metered, offer, refused, stopped, subscribed } from './answers.ts'
import { type Newsstand, openNewsstand } from './newsstand.ts'
import { answered, inWall, setVisibility, turnTo, type VisitOptions, visit } from './visit.ts'

describe('the wall', () => {
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
  })

  async function meetWall(options: Partial<VisitOptions> = {}) {
    const reader = await visit({ browser, stand, ...options })
    await reader.page.locator('newsrack-wall').waitFor()
    return reader
  }

  it('says why it stands there and shows the words of the offer, the box not ticked', async () => {
    await using reader = await meetWall()
    const wall = reader.page.getByRole('region', { name: offer.headline })
    for (const words of [
      'You’ve read your 5 free articles this month.',
      offer.price,
      ...offer.notes,
      offer.terms,
      'Or come back on December 1.',
    ]) {
      assert.ok(await wall.getByText(words, { exact: true }).isVisible(), words)
    }
    assert.ok(await wall.getByRole('heading', { level: 2, name: offer.headline }).isVisible())
    assert.ok(await wall.getByRole('button', { name: offer.button }).isEnabled())
    const agree = wall.getByRole('checkbox', { name: 'I agree to these terms' })
    assert.equal(await agree.isChecked(), false)
    const described = `wall.querySelector('input').getAttribute('aria-describedby').split(' ')`
    assert.equal(
      await inWall(reader.page, `${described}.map((id) => wall.getElementById(id).textContent).join('')`),
      offer.terms,
    )
    assert.deepEqual(reader.said, [])
  })

  it('shows what the service says as text, never as markup', async () => {
    const headline = '<img src=x onerror=alert(1)>'
    stand.decide({ ...stopped, offer: { ...offer, headline } })
    await using reader = await meetWall()
    assert.equal(await reader.page.locator('newsrack-wall h2').textContent(), headline)
    assert.equal(await reader.page.locator('newsrack-wall img').count(), 0)
  })

  it('leaves the first paragraph and takes the rest from sight, from the keyboard and from screen readers', async () => {
    await using reader = await meetWall()
    assert.ok(await reader.page.getByText('First paragraph').isVisible())
    assert.equal(await reader.page.getByText('Later paragraph').first().isVisible(), false)
    assert.equal(await reader.page.getByText('Loose words').isVisible(), false)
    assert.equal(await reader.page.getByText('A picture').isVisible(), false)
    const heard = await reader.page.locator('body').ariaSnapshot()
    assert.match(heard, /First paragraph/)
    assert.doesNotMatch(heard, /Later paragraph|Read on|Loose words|A picture/)
  })

  it('is announced without taking the focus', async () => {
    await using reader = await meetWall()
    await reader.page
      .getByRole('status')
      .filter({ hasText: `You’ve read your 5 free articles this month. ${offer.headline}: ${offer.price}.` })
      .waitFor()
    assert.equal(await reader.page.evaluate('document.activeElement === document.body'), true)
  })

  it('says when reading resumes where nothing is on offer', async () => {
    stand.decide(refused({ offered: null }))
    await using reader = await meetWall()
    const wall = reader.page.getByRole('region', { name: 'You’ve read your 5 free articles this month.' })
    assert.ok(await wall.getByText('You can read on from December 1.').isVisible())
    assert.equal(await wall.getByRole('button', { name: offer.button }).count(), 0)
    assert.ok(await wall.getByRole('button', { name: 'Already have an account? Sign in' }).isVisible())
  })

  it('goes when the reader comes back having subscribed elsewhere', async () => {
    await using reader = await meetWall()
    stand.decide(subscribed)
    await setVisibility(reader.page, 'hidden')
    await setVisibility(reader.page, 'visible')
    await reader.page.locator('newsrack-wall').waitFor({ state: 'detached' })
    assert.ok(await reader.page.getByText('Later paragraph').last().isVisible())
    assert.ok(await reader.page.getByText('Loose words').isVisible())
    assert.equal(await reader.page.locator('.article-body span, [hidden]').count(), 0)
    await turnTo(reader.page)
    await answered(reader.page)
    assert.deepEqual(stand.paths(), ['/v1/access', '/v1/access', '/v1/views'])
  })

  it('counts the view when a new month opens the article', async () => {
    await using reader = await meetWall()
    stand.decide(metered(4))
    await turnTo(reader.page)
    await reader.page.evaluate(`dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))`)
    await reader.page.getByText('4 free articles left this month').waitFor()
    assert.equal(stand.asked.at(-1)?.path, '/v1/views')
  })

  it('asks again at most every ten seconds, and keeps what the reader ticked', async () => {
    await using reader = await meetWall({ prepare: (page) => page.clock.install() })
    const agree = reader.page.getByRole('checkbox')
    await agree.check()
    const comeBack = async () => {
      await setVisibility(reader.page, 'hidden')
      await setVisibility(reader.page, 'visible')
    }
    const asked = () => reader.page.waitForResponse('**/v1/access')
    await Promise.all([asked(), comeBack()])
    await comeBack()
    await reader.page.clock.runFor(10_000)
    await Promise.all([asked(), comeBack()])
    assert.equal(stand.asked.filter(({ path }) => path === '/v1/access').length, 3)
    assert.ok(await agree.isChecked())
  })

  it('shows the offer that stands when the reader comes back', async () => {
    const standing = { ...offer, id: 'standing', price: '$19.99 every 4 weeks', termsHash: 'other' }
    await using reader = await meetWall()
    stand.decide({ ...stopped, offer: standing })
    await setVisibility(reader.page, 'visible')
    // The terms of the offer before it name that price too.
    await reader.page.getByText(standing.price, { exact: true }).waitFor()
    assert.equal(await reader.page.getByText(offer.price, { exact: true }).count(), 0)
  })
})
