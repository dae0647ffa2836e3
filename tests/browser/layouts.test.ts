import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { openBrowser, saveScreenshot } from '../support/browser.ts'
import { metered, nudged, offer, refused } from './answers.ts'
import { type Newsstand, openNewsstand } from './newsstand.ts'
import { inWall, layoutShift, stopClock, turnTo, type VisitOptions, visit } from './visit.ts'

const layouts = ['inline', 'overlay', 'bar'] as const
const phone = { width: 390, height: 844 }
const desktop = { width: 1280, height: 800 }

describe('the layouts of a wall', () => {
  let browser: Browser
  let stand: Newsstand

  before(async () => {
    ;[browser, stand] = await Promise.all([openBrowser(), openNewsstand()])
  })
  after(async () => {
    await browser.close()
    await stand.close()
  })
  beforeEach(() => stand.clear())

  async function meetWall(wall: Parameters<typeof refused>[0], options: Partial<VisitOptions> = {}) {
    stand.decide(refused(wall))
    const reader = await visit({ browser, stand, ...options })
    await reader.page
      .getByText(refused(wall).wall?.words.closed ?? '')
      .first()
      .waitFor()
    return reader
  }

  for (const layout of layouts) {
    it(`${layout}: moves nothing that was already in sight`, async () => {
      for (const viewport of [phone, desktop]) {
        await using reader = await meetWall({ layout }, { viewport })
        assert.equal(await layoutShift(reader.page), 0)
      }
    })

    for (const [language, direction] of [
      ['en-US', 'ltr'],
      ['ar', 'rtl'],
    ] as const) {
      for (const colorScheme of ['light', 'dark'] as const) {
        it(`${layout}: has no fault that axe finds, ${colorScheme}, in ${language}`, async () => {
          for (const [name, viewport] of Object.entries({ phone, desktop })) {
            stand.print({ language, direction })
            await using reader = await meetWall(
              { layout, language, dismissible: true },
              { viewport, colorScheme, reducedMotion: 'reduce' },
            )
            await saveScreenshot({
              page: reader.page,
              name: [layout, name, colorScheme, direction].join('-'),
            })
            assert.deepEqual(await faults(reader.page), [])
            await reader.page.getByRole('button', { name: offer.button }).click()
            await reader.page.getByRole('button', { name: offer.button }).click()
            assert.deepEqual(await faults(reader.page), [])
          }
        })
      }
    }

    it(`${layout}: can be read and used in a window of 320 pixels and at 200 % zoom`, async () => {
      for (const viewport of [
        { width: 320, height: 640 },
        { width: 640, height: 400 },
      ]) {
        await using reader = await meetWall({ layout }, { viewport })
        assert.equal(await reader.page.evaluate('document.documentElement.scrollWidth'), viewport.width)
        const button = reader.page.getByRole('button', { name: offer.button })
        await button.click()
        await button.scrollIntoViewIfNeeded()
        const box = await button.boundingBox()
        assert.ok(box && box.y >= 0 && box.y + box.height <= viewport.height, JSON.stringify(box))
      }
    })

    it(`${layout}: goes where it may be dismissed, leaves a note, and comes back`, async () => {
      await using reader = await meetWall({ layout, dismissible: true })
      const wall = reader.page.getByRole(layout === 'overlay' ? 'dialog' : 'region', { name: offer.headline })
      await wall.getByRole('button', { name: 'Close' }).click()
      await wall.waitFor({ state: 'detached' })
      assert.equal(await reader.page.getByText('Later paragraph').first().isVisible(), false)
      await reader.page.getByRole('button', { name: 'Show options' }).click()
      await wall.waitFor()
      assert.equal(await inWall(reader.page, 'wall.activeElement.id'), 'heading')
      await reader.page.keyboard.press('Escape')
      await wall.waitFor({ state: 'detached' })
      assert.deepEqual(reader.said, [])
    })

    it(`${layout}: stays where it may not be dismissed, however often Escape is pressed`, async () => {
      await using reader = await meetWall({ layout })
      await reader.page
        .getByRole('checkbox')
        .or(reader.page.getByRole('button', { name: offer.button }))
        .first()
        .focus()
      for (let press = 0; press < 3; press += 1) await reader.page.keyboard.press('Escape')
      assert.ok(await reader.page.getByRole('button', { name: offer.button }).isVisible())
      assert.equal(await reader.page.getByRole('button', { name: 'Close' }).count(), 0)
    })
  }

  it('keeps the focus in a dialog, and gives it back to where it was', async () => {
    await using reader = await meetWall(
      { layout: 'overlay', dismissible: true },
      {
        prepare: (page) =>
          page.addInitScript(
            `addEventListener('DOMContentLoaded', () => document.querySelector('header a').focus())`,
          ),
      },
    )
    const dialog = reader.page.getByRole('dialog', { name: offer.headline })
    await dialog.waitFor()
    assert.equal(await inWall(reader.page, 'wall.activeElement.id'), 'heading')
    const seen = new Set<unknown>()
    for (let press = 0; press < 8; press += 1) {
      await reader.page.keyboard.press('Tab')
      seen.add(await reader.page.evaluate(`document.activeElement.localName`))
    }
    assert.ok(
      [...seen].every((name) => name === 'newsrack-wall' || name === 'body'),
      [...seen].join(),
    )
    await reader.page.keyboard.press('Escape')
    assert.equal(await reader.page.evaluate('document.activeElement.textContent'), 'The Harbor Lantern')
  })

  it('moves without animation for readers who want none', async () => {
    for (const [reducedMotion, name] of [
      ['reduce', 'none'],
      ['no-preference', 'rise'],
    ] as const) {
      await using reader = await meetWall({ layout: 'bar' }, { reducedMotion })
      assert.equal(
        await inWall(reader.page, `getComputedStyle(wall.querySelector('section')).animationName`),
        name,
      )
    }
  })

  it('counts down to the real end of an offer by the service’s clock, and asks what is offered then', async () => {
    // The browser's clock says noon of 24 November 2026; the service knows better.
    const served = Date.now()
    // Its Date header tells whole seconds, so up to one more may seem to be left.
    const endsAt = new Date(served + 89_900).toISOString()
    await using reader = await meetWall({ offered: { ...offer, endsAt } }, { prepare: stopClock })
    // The page may take a few seconds to load; then the browser's clock stands still.
    await reader.page.getByText(/^Ends in (8\d|90) seconds$/).waitFor()
    const standing = { ...offer, id: 'standing', price: '$19.99 every 4 weeks' }
    stand.decide(refused({ offered: standing }))
    await reader.page.clock.runFor(92_000)
    await reader.page.getByText(standing.price, { exact: true }).waitFor()
    assert.equal(await reader.page.getByRole('timer').count(), 0)
  })

  it('counts nothing down where no end is set', async () => {
    await using reader = await meetWall({})
    assert.equal(await reader.page.getByRole('timer').count(), 0)
  })

  it('has no fault that axe finds in a nudge, nor in the form for a link', async () => {
    await using form = await meetWall({ kind: 'registration' })
    await form.page.getByRole('button', { name: 'Send me the link' }).click()
    assert.deepEqual(await faults(form.page), [])
    stand.decide(metered(3), nudged(2))
    await using reader = await visit({ browser, stand, reducedMotion: 'reduce' })
    await turnTo(reader.page)
    await reader.page.getByRole('region', { name: offer.headline }).waitFor()
    assert.deepEqual(await faults(reader.page), [])
  })
})

/** What axe has to say against the wall, in the page around it. */
async function faults(page: Page): Promise<unknown> {
  await page.evaluate(axe.source)
  return await page.evaluate(`axe.run(document).then(({ violations, passes }) => {
    const onWall = (rules) => rules.flatMap(({ id, nodes }) =>
      nodes.map(({ target }) => [id, ...target.flat()]).filter((found) => found.includes('newsrack-wall')))
    if (!onWall(passes).some(([id]) => id === 'color-contrast')) throw new Error('axe has not seen the wall')
    return onWall(violations)
  })`)
}
