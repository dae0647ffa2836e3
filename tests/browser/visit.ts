import assert from 'node:assert/strict'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import type { Newsstand } from './newsstand.ts'

/** A reader's visit to the stand's article. */
export interface Visit extends AsyncDisposable {
  page: Page
  /** Everything the page said on its console: `error: …`, `info: …`, and what nobody caught as `uncaught: …`. */
  said: string[]
  /** Resolves once Newsrack has said something on the console. */
  newsrackSpoke(): Promise<void>
}

export interface VisitOptions extends BrowserContextOptions {
  browser: Browser
  stand: Newsstand
  /** What to do to the page before it is opened. */
  prepare?: (page: Page) => Promise<unknown>
  query?: string
  path?: string
  referer?: string
}

/** Opens the article in a context of its own, and resolves when it has loaded. */
export async function visit(options: VisitOptions): Promise<Visit> {
  const { browser, stand, prepare, query = '', path = '/article', referer, ...contextOptions } = options
  const context = await browser.newContext(contextOptions)
  const page = await context.newPage()
  const said: string[] = []
  page.on('console', (message) => said.push(`${message.type()}: ${message.text()}`))
  page.on('pageerror', (error) => said.push(`uncaught: ${error.message}`))
  await prepare?.(page)
  await page.goto(`${stand.origin}${path}${query}`, referer === undefined ? {} : { referer })
  return {
    page,
    said,
    async newsrackSpoke() {
      if (said.some((line) => line.includes('Newsrack:'))) return
      await page.waitForEvent('console', (message) => message.text().includes('Newsrack:'))
    },
    [Symbol.asyncDispose]: () => context.close(),
  }
}

/** Makes the page believe that it is hidden or shown again, as when the reader changes tabs. */
export async function setVisibility(page: Page, state: 'hidden' | 'visible'): Promise<void> {
  await page.evaluate(`
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => '${state}' })
    document.dispatchEvent(new Event('visibilitychange'))
  `)
}

/** Evaluates an expression in which `wall` is the shadow root of the wall. */
export async function inWall(page: Page, expression: string): Promise<unknown> {
  return await page.evaluate(
    `(() => { const wall = document.querySelector('newsrack-wall').shadowRoot; return ${expression} })()`,
  )
}

const noon = Date.parse('2026-11-24T12:00:00-05:00')

/** Stops the page's clock at noon, to be moved by the test. */
export async function stopClock(page: Page): Promise<void> {
  await page.clock.install({ time: noon - 60_000 })
  await page.clock.pauseAt(noon)
}

/** What a reader does who begins to read: the page is counted at once. */
export async function turnTo(page: Page): Promise<void> {
  await page.keyboard.press('Shift')
}

/** How far what was already in sight has moved, as Chromium measures it. */
export async function layoutShift(page: Page): Promise<unknown> {
  return await page.evaluate(`new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(() => {
      const observer = new PerformanceObserver(() => {})
      observer.observe({ type: 'layout-shift', buffered: true })
      resolve(observer.takeRecords().reduce((sum, shift) => sum + shift.value, 0))
    }))
  })`)
}

/** Resolves when the page has its answer and has done with it. */
export async function answered(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle')
}

/** The whole article is open and nothing of Newsrack's is in it. */
export async function assertUntouched(page: Page): Promise<void> {
  assert.equal(await page.locator('newsrack-wall').count(), 0)
  assert.equal(await page.locator('[data-newsrack-folded], [data-newsrack-faded], [hidden]').count(), 0)
  assert.ok(await page.getByText('Later paragraph of the story.').last().isVisible())
}
