import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { openBrowser, saveScreenshot } from '../support/browser.ts'
import { stopped } from './answers.ts'
import { type Newsstand, openNewsstand } from './newsstand.ts'
import { inWall, layoutShift, type VisitOptions, visit } from './visit.ts'

const phone = { width: 390, height: 844 }
const desktop = { width: 1280, height: 800 }

describe('the wall on the page', () => {
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

  for (const [name, viewport] of Object.entries({ phone, desktop })) {
    it(`moves nothing on the page that was already there on a ${name}`, async () => {
      await using reader = await meetWall({ viewport })
      assert.equal(await layoutShift(reader.page), 0)
      await saveScreenshot({ page: reader.page, name: `wall-${name}` })
    })
  }

  it('moves nothing where it is shorter than the article it replaces', async () => {
    stand.decide({ ...stopped, offer: null })
    await using reader = await meetWall({ viewport: desktop })
    assert.equal(await layoutShift(reader.page), 0)
  })

  it('leaves the page scrolled as it was', async () => {
    await using reader = await meetWall({ viewport: phone, prepare: (page) => answerAfterScroll(page, 100) })
    assert.equal(await reader.page.evaluate('scrollY'), 100)
  })

  it('comes into sight of a reader who had read on past it', async () => {
    await using reader = await meetWall({ viewport: phone, prepare: (page) => answerAfterScroll(page, 2000) })
    assert.ok(await inWall(reader.page, `wall.querySelector('h2').getBoundingClientRect().top > 0`))
    assert.ok(await inWall(reader.page, `wall.querySelector('h2').getBoundingClientRect().top < innerHeight`))
  })

  for (const [width, height] of [
    [320, 640],
    [640, 400],
  ] as const) {
    it(`fits a window of ${width} by ${height} pixels, from left to right and from right to left`, async () => {
      await using reader = await meetWall({ viewport: { width, height } })
      for (const direction of ['ltr', 'rtl']) {
        await reader.page.evaluate(`document.documentElement.dir = '${direction}'`)
        assert.equal(await reader.page.evaluate('document.documentElement.scrollWidth'), width)
      }
    })
  }

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`can be read well in ${colorScheme} colors`, async () => {
      await using reader = await meetWall({ colorScheme })
      await reader.page.getByRole('button', { name: 'Act now' }).press('Enter')
      const ratios = await contrastRatios(reader.page)
      assert.ok(Object.keys(ratios).length > 6)
      for (const [what, ratio] of Object.entries(ratios)) assert.ok(ratio >= 4.5, `${what} has ${ratio}`)
    })
  }

  it('stays light on a page that knows no dark colors', async () => {
    await using reader = await meetWall({ colorScheme: 'dark' })
    const background = () =>
      inWall(reader.page, `getComputedStyle(wall.querySelector('section')).backgroundColor`)
    assert.notEqual(await background(), 'rgb(255, 255, 255)')
    await reader.page.evaluate(`document.documentElement.style.colorScheme = 'light'`)
    assert.equal(await background(), 'rgb(255, 255, 255)')
  })

  it('takes the colors of the paper', async () => {
    await using reader = await meetWall({ reducedMotion: 'reduce' })
    await reader.page.addStyleTag({ content: 'newsrack-wall { --newsrack-accent: rgb(160, 58, 34) }' })
    assert.equal(
      await inWall(reader.page, `getComputedStyle(wall.querySelector('button')).backgroundColor`),
      'rgb(160, 58, 34)',
    )
  })
})

/** The service's answer comes when the reader has scrolled already. */
async function answerAfterScroll(page: Page, top: number): Promise<void> {
  await page.route('**/v1/access', async (route) => {
    await page.evaluate(`scrollTo(0, ${top})`)
    await route.fulfill({ json: stopped })
  })
}

/** WCAG 2 contrast of each text of the wall against the ground it stands on. */
async function contrastRatios(page: Page): Promise<Record<string, number>> {
  return await page.evaluate(`(() => {
    const wall = document.querySelector('newsrack-wall').shadowRoot
    const channels = (color) => color.match(/[\\d.]+/g).slice(0, 3).map(Number)
    const luminance = (color) => {
      const [r, g, b] = channels(color).map((c) => c / 255).map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
      return 0.2126 * r + 0.7152 * g + 0.0722 * b
    }
    const ground = (element) => {
      const { backgroundColor } = getComputedStyle(element)
      return backgroundColor === 'rgba(0, 0, 0, 0)' ? ground(element.parentElement) : backgroundColor
    }
    const ratios = {}
    for (const element of wall.querySelectorAll('section p, h2, li, label, button')) {
      const [a, b] = [luminance(getComputedStyle(element).color), luminance(ground(element))].sort((x, y) => y - x)
      ratios[element.textContent] = (a + 0.05) / (b + 0.05)
    }
    return ratios
  })()`)
}
