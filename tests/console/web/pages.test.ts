import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import request from 'supertest'
import { violationsOn } from '../../support/axe.ts'
import { configFolder } from '../../support/config-folder.ts'
import { type Browser, draftAt } from '../desk.ts'
import { newPage, openOffice, type Room, signedIn } from './room.ts'

const mostScriptBytes = 300_000

const experiments = `
- id: two-free
  hypothesis: Whoever meets the wall earlier subscribes more often.
  variants: [{ id: two, share: 50, meters: { default: { anonymous: 2, registered: 2 } } }]
`

let folder: Awaited<ReturnType<typeof configFolder>>
let room: Room & { ann: Browser }
let draft: string
before(async () => {
  folder = await configFolder({ experiments })
  room = await openOffice({ environment: { CONFIG_DIR: folder.path } })
  draft = await draftAt(room.ann)
})
after(async () => {
  await room.close()
  await folder.remove()
})

/** Every page, and a heading by which one sees that it is there. */
const pages = () => [
  { path: '/', heading: 'Where readers stand' },
  { path: '/why', heading: 'Why?' },
  { path: '/experiments', heading: 'Experiments' },
  { path: '/experiments/demo/two-free', heading: 'two-free' },
  { path: '/drafts', heading: 'Drafts' },
  { path: `/drafts/${draft}`, heading: 'New draft' },
  { path: `/drafts/${draft}?kind=exemptions`, heading: 'New draft' },
  { path: `/drafts/${draft}/offers/25c-for-5-months`, heading: 'Preview' },
  { path: `/drafts/${draft}/plans/unlimited-digital`, heading: 'Preview' },
  { path: `/drafts/${draft}/meters/demo.default`, heading: 'Preview' },
  { path: `/drafts/${draft}/sites/demo`, heading: 'Preview' },
  { path: `/drafts/${draft}/exemptions/demo.googlebot`, heading: 'Preview' },
  { path: `/drafts/${draft}/experiments`, heading: 'New experiment' },
  { path: `/drafts/${draft}/publish`, heading: 'What changes' },
  { path: `/drafts/${draft}/try`, heading: 'What if?' },
  { path: '/versions', heading: 'Versions' },
  { path: '/versions/1', heading: 'Version 1' },
  { path: '/journal', heading: 'Journal' },
  { path: '/sold', heading: 'In Stripe' },
  { path: '/people', heading: 'People' },
  { path: '/keys', heading: 'Keys' },
  { path: '/account', heading: 'My account' },
  { path: '/nowhere', heading: 'There is nothing here' },
]

function gzippedBytes(script: string): number {
  return gzipSync(readFileSync(join('dist/console/assets', script))).length
}

async function open(page: Page, { path, heading }: { path: string; heading: string }): Promise<void> {
  await page.goto(`${room.service.url}/console${path}`)
  await page.getByRole('heading', { name: heading, exact: true }).first().waitFor()
}

describe('every page of the console', () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    it(`keeps nobody out, in ${colorScheme}`, async () => {
      const page = await signedIn(room, { colorScheme })
      for (const one of pages()) {
        await open(page, one)
        assert.deepEqual(await violationsOn(page), [], one.path)
      }
      const stranger = await newPage(room.chromium, { colorScheme })
      for (const path of ['/sign-in', '/forgotten', '/set-up', '/invitation']) {
        await open(stranger, {
          path,
          heading:
            { '/forgotten': 'A new password', '/set-up': 'Be the first admin', '/invitation': 'Welcome' }[
              path
            ] ?? 'Sign in',
        })
        assert.deepEqual(await violationsOn(stranger), [], path)
      }
    })
  }

  it('fits a phone without scrolling sideways', async () => {
    const page = await signedIn(room, { viewport: { width: 360, height: 740 } })
    for (const one of pages()) {
      await open(page, one)
      assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 360, one.path)
    }
  })

  it('is small, comes from one origin and obeys its content security policy', async () => {
    const page = await signedIn(room)
    const refused: string[] = []
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) refused.push(message.text())
    })
    for (const one of pages()) {
      const scripts: string[] = []
      const elsewhere: string[] = []
      const hear = (response: { url(): string }) => {
        if (!response.url().startsWith(room.service.url)) elsewhere.push(response.url())
        if (response.url().endsWith('.js')) scripts.push(basename(response.url()))
      }
      page.on('response', hear)
      await open(page, one)
      page.off('response', hear)
      const bytes = [...new Set(scripts)].reduce((sum, name) => sum + gzippedBytes(name), 0)
      assert.ok(bytes > 50_000 && bytes < mostScriptBytes, `${one.path}: ${bytes} bytes of script, gzipped`)
      assert.deepEqual(elsewhere, [], one.path)
    }
    assert.deepEqual(refused, [])
  })
})

describe('the documents of the console', () => {
  it('let no script or style in that is not a file of the service, and nobody frame them', async () => {
    const { headers } = await request(room.service.url).get('/console/drafts/any/offers/any').expect(200)
    const policy = String(headers['content-security-policy'])
    assert.match(policy, /default-src 'none'; script-src 'self'; style-src 'self'/)
    assert.match(policy, /frame-ancestors 'none'/)
    assert.doesNotMatch(policy, /unsafe/)
    const frame = await request(room.service.url).get('/console/preview').expect(200)
    assert.match(String(frame.headers['content-security-policy']), /frame-ancestors 'self'/)
  })

  it('are asked for anew, and their files kept for good', async () => {
    const page = await request(room.service.url).get('/console').expect(200)
    assert.equal(page.headers['cache-control'], 'no-cache')
    const [, script] = /src="(\/console\/assets\/[^"]+\.js)"/.exec(page.text) ?? []
    const file = await request(room.service.url).get(String(script)).expect(200)
    assert.match(String(file.headers['cache-control']), /max-age=31536000, immutable/)
    await request(room.service.url).get('/console/assets/gone.js').expect(404)
  })
})
