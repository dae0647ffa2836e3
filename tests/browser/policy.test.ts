import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, beforeEach, describe, it } from 'node:test'
import type { Browser } from 'playwright-core'
import { openBrowser } from '../support/browser.ts'
import { buildBrowserScript } from '../support/browser-script.ts'
import { refused } from './answers.ts'
import { type Newsstand, openNewsstand } from './newsstand.ts'
import { inWall, visit } from './visit.ts'

const rest = "connect-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; object-src 'none'"

describe('a strict content security policy', () => {
  let browser: Browser
  let stand: Newsstand
  let hash: string

  before(async () => {
    ;[browser, stand] = await Promise.all([openBrowser(), openNewsstand()])
    hash = `sha384-${createHash('sha384')
      .update(await buildBrowserScript())
      .digest('base64')}`
  })
  after(async () => {
    await browser.close()
    await stand.close()
  })
  beforeEach(() => {
    stand.clear()
    stand.decide(refused({ layout: 'overlay', dismissible: true }))
  })

  const policies: [what: string, scripts: () => string, attributes: () => string][] = [
    ['by origin', () => "'self'", () => ''],
    ['by nonce', () => "'nonce-r4nd0m' 'strict-dynamic'", () => 'nonce="r4nd0m"'],
    ['by hash', () => `'${hash}'`, () => `integrity="${hash}" crossorigin="anonymous"`],
  ]
  for (const [what, scripts, attributes] of policies) {
    it(`lets the script through ${what}, with all its wall, and is never violated`, async () => {
      const policy = `default-src 'none'; script-src ${scripts()}; ${rest}`
      stand.print({ headers: { 'content-security-policy': policy }, attributes: attributes() })
      await using reader = await visit({
        browser,
        stand,
        prepare: (page) =>
          page.addInitScript(
            `addEventListener('securitypolicyviolation', (event) => console.error('violated', event.violatedDirective))`,
          ),
      })
      const dialog = reader.page.getByRole('dialog')
      await dialog.getByRole('button', { name: 'Act now' }).click()
      await dialog.getByText('Please check the box').waitFor()
      const border = `getComputedStyle(wall.querySelector('dialog')).borderTopWidth`
      assert.equal(await inWall(reader.page, border), '3px')
      await dialog.getByRole('button', { name: 'Close' }).click()
      await reader.page.getByRole('button', { name: 'Show options' }).waitFor()
      assert.deepEqual(reader.said, [])
    })
  }
})
