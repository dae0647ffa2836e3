import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import type { Browser } from 'playwright-core'
import { openBrowser } from '../support/browser.ts'
import { metered, nudged, offer } from './answers.ts'
import { type Newsstand, openNewsstand } from './newsstand.ts'
import { layoutShift, turnTo, type VisitOptions, visit } from './visit.ts'

describe('a nudge beside an open article', () => {
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
    stand.decide(metered(3), nudged(2))
  })

  async function meetNudge(options: Partial<VisitOptions> = {}) {
    const reader = await visit({ browser, stand, ...options })
    await turnTo(reader.page)
    const nudge = reader.page.getByRole('region', { name: offer.headline })
    await nudge.waitFor()
    return { ...reader, nudge }
  }

  it('shows the offer where the count brings one, and leaves article, focus and layout as they were', async () => {
    await using reader = await meetNudge()
    assert.ok(await reader.nudge.getByText(offer.price, { exact: true }).isVisible())
    assert.ok(await reader.nudge.getByText('2 free articles left this month', { exact: true }).isVisible())
    assert.ok(await reader.page.getByText('Later paragraph').first().isVisible())
    assert.equal(await reader.page.locator('[data-newsrack-folded]').count(), 0)
    assert.equal(await reader.page.evaluate('document.activeElement === document.body'), true)
    assert.equal(await layoutShift(reader.page), 0)
  })

  it('goes when it is closed, with the button or with Escape, and the focus returns', async () => {
    await using reader = await meetNudge()
    await reader.nudge.getByRole('button', { name: 'Close' }).click()
    assert.equal(await reader.page.locator('newsrack-wall').count(), 0)
    await using other = await meetNudge()
    const link = other.page.getByRole('link', { name: 'Imprint' })
    await link.focus()
    await other.page.keyboard.press('Tab')
    await other.page.keyboard.press('Escape')
    assert.equal(await other.page.locator('newsrack-wall').count(), 0)
    assert.equal(await link.evaluate((element) => element === element.ownerDocument.activeElement), true)
  })

  it('shows the terms when the reader first wants the offer, and asks for the tick', async () => {
    stand.reply('/v1/checkout', { status: 201, body: { attempt: 'a1', url: `${stand.origin}/pay` } })
    await using reader = await meetNudge()
    const button = reader.nudge.getByRole('button', { name: offer.button })
    assert.equal(await reader.nudge.getByText(offer.terms).isVisible(), false)
    await button.click()
    assert.ok(await reader.nudge.getByText(offer.terms).isVisible())
    await button.click()
    await reader.nudge.getByText('Please check the box').waitFor()
    await reader.nudge.getByRole('checkbox', { name: 'I agree to these terms' }).check()
    await button.click()
    await reader.page.waitForURL('**/pay')
  })

  it('covers nothing at the end of the page', async () => {
    await using reader = await meetNudge({ viewport: { width: 390, height: 700 } })
    await reader.page.evaluate('scrollTo(0, document.documentElement.scrollHeight)')
    const imprint = await reader.page.getByRole('link', { name: 'Imprint' }).boundingBox()
    const bar = await reader.nudge.boundingBox()
    assert.ok(imprint && bar && imprint.y + imprint.height <= bar.y, `${imprint?.y} ${bar?.y}`)
  })
})
