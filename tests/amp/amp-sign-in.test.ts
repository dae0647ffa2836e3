import assert from 'node:assert/strict'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { Browser } from 'playwright-core'
import { openBrowser, saveScreenshot } from '../support/browser.ts'
import { type Service, startService } from '../support/service.ts'

const comeBack = 'https://cdn.ampproject.org/v0/amp-login-done-0.1.html?url=https%3A%2F%2Fwww.example.com'

let browser: Browser
before(async () => {
  browser = await openBrowser()
})
after(() => browser.close())

/** A site of a language that has AMP pages. */
async function withSite(language: string, steps: (service: Service) => Promise<void>): Promise<void> {
  const configDir = await mkdtemp(join(tmpdir(), 'newsrack-amp-page-'))
  await cp('config', configDir, { recursive: true })
  const sites = await readFile(join(configDir, 'sites.yaml'), 'utf8')
  const changed = sites.replace('language: en-US', `language: ${language}`)
  await writeFile(join(configDir, 'sites.yaml'), `${changed}  amp: true\n`)
  const service = await startService({ environment: { CONFIG_DIR: configDir } })
  try {
    await steps(service)
  } finally {
    await service.stop()
    await rm(configDir, { recursive: true })
  }
}

describe('the page of AMP’s login action', () => {
  const looks = [
    { name: 'desktop-light', width: 1100, colorScheme: 'light', language: 'en-US' },
    { name: 'phone-dark', width: 360, colorScheme: 'dark', language: 'de' },
    { name: 'phone-arabic', width: 360, colorScheme: 'light', language: 'ar' },
  ] as const

  for (const { name, width, colorScheme, language } of looks) {
    it(`asks before it connects, and leads back to the AMP page either way: ${name}`, () =>
      withSite(language, async (service) => {
        const context = await browser.newContext({ viewport: { width, height: 720 }, colorScheme })
        const page = await context.newPage()
        await context.route('https://cdn.ampproject.org/**', (route) => route.fulfill({ body: 'AMP' }))
        const query = new URLSearchParams({ rid: `amp-of-${name}-0123456789`, return: comeBack })
        const address = `${service.url}/amp/sign-in?${query}`
        await page.goto(address)
        await saveScreenshot({ page, name: `amp-sign-in-${name}` })
        assert.equal(await page.evaluate('document.documentElement.scrollWidth'), width)

        await page.locator('a.button', { hasText: /Not now|Jetzt nicht|ليس الآن/ }).click()
        await page.waitForURL(`${comeBack}#success=false`)
        await page.goto(address)
        await page.getByRole('button').click()
        await page.waitForURL(`${comeBack}#success=true`)
        await context.close()
      }))
  }
})
