import assert from 'node:assert/strict'
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, describe, it } from 'node:test'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { z } from 'zod'
import { rotation } from '../../src/grants/grant-keys.ts'
import { loadArticles } from '../../src/sandbox/paper/articles.ts'
import { openBrowser, saveScreenshot } from '../support/browser.ts'
import { type Service, startService } from '../support/service.ts'

const articles = loadArticles().filter((article) => article.class === 'metered')
const [article, another] = articles
if (article === undefined || another === undefined) throw new Error('the paper has metered articles')
/** The end of the article, where only who may read comes. */
const secret = article.rest.markup.replaceAll(/<[^>]+>/g, '').slice(-40)

const start = Date.parse('2026-11-24T12:00:00Z')
const clock = { now: start }
let service: Service
let browser: Browser
let configDir: string

before(async () => {
  configDir = await mkdtemp(join(tmpdir(), 'newsrack-crawlers-'))
  await cp('config', configDir, { recursive: true })
  await writeFile(join(configDir, 'exemptions.yaml'), crawlers)
  service = await startService({ environment: { CONFIG_DIR: configDir }, now: () => clock.now })
  browser = await openBrowser()
})
after(async () => {
  await browser.close()
  await service.stop()
  await rm(configDir, { recursive: true })
})
beforeEach(() => {
  clock.now = start
})

/** This machine is one crawler and not the other. */
const crawlers = `
- { id: here, kind: crawler, userAgent: Googlebot, networks: [127.0.0.0/8, '::1'] }
- { id: elsewhere, kind: crawler, userAgent: bingbot, networks: [192.0.2.0/24] }
`

async function visit<T>(options: BrowserContextOptions, steps: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, ...options })
  try {
    return await steps(await context.newPage())
  } finally {
    await context.close()
  }
}

async function textOf(path: string, headers: Record<string, string> = {}): Promise<string> {
  return (await fetch(`${service.url}/${path}`, { headers })).text()
}

describe('the rest of an article', () => {
  it('is not in the page that curl gets, nor at its own address without a grant', async () => {
    const page = await textOf(article.id)
    assert.ok(page.includes(article.lead.markup))
    assert.ok(!page.includes(secret))
    const response = await fetch(`${service.url}/${article.id}/text`)
    assert.equal(response.status, 401)
    assert.ok(!(await response.text()).includes(secret))
  })

  it('is not in what any other page or address of the paper says', async () => {
    for (const path of ['', ...articles.map(({ id }) => id), `section/${article.section}`, 'openapi.json']) {
      assert.ok(!(await textOf(path)).includes(secret), path)
    }
  })

  it('does not open to a grant of another article', async () => {
    const grant = await grantFor(another.id)
    const response = await fetch(`${service.url}/${article.id}/text`, {
      headers: { authorization: `Bearer ${grant}` },
    })
    assert.equal(response.status, 403)
  })

  it('comes for a reader who may read, and is still not in the page’s source', async () => {
    await visit({}, async (page) => {
      const response = await page.goto(`${service.url}/${article.id}`)
      await page.getByText(secret).waitFor()
      await saveScreenshot({ page, name: 'withheld-1-open' })
      assert.ok(!((await response?.text()) ?? secret).includes(secret))
      assert.equal(await page.locator('.read-on').isVisible(), false)
    })
  })

  it('moves nothing that the reader sees when it comes', async () => {
    for (const viewport of [
      { width: 390, height: 844 },
      { width: 1280, height: 900 },
    ]) {
      await visit({ viewport }, async (page) => {
        await page.goto(`${service.url}/${article.id}`)
        await page.getByText(secret).waitFor()
        assert.ok((await layoutShift(page)) < 0.01)
      })
    }
  })

  it('does not come where a reader has read enough', async () => {
    await visit({}, async (page) => {
      const asked: string[] = []
      page.on('request', (request) => asked.push(new URL(request.url()).pathname))
      for (const { id } of articles.slice(1, 6)) {
        await page.goto(`${service.url}/${id}`)
        await page.locator('.article-body > *').nth(5).waitFor()
      }
      await page.goto(`${service.url}/${article.id}`)
      await page.getByRole('heading', { name: 'Unlimited Digital Access' }).waitFor()
      await page.locator('.article-body').scrollIntoViewIfNeeded()
      await saveScreenshot({ page, name: 'withheld-2-wall' })
      assert.ok(!(await page.content()).includes(secret))
      assert.ok(!asked.includes(`/${article.id}/text`))
    })
  })
})

describe('a reader without the script', () => {
  it('who has switched scripts off sees the lead, and how to read on', async () => {
    await visit({ javaScriptEnabled: false }, async (page) => {
      await page.goto(`${service.url}/${article.id}`)
      await page.getByText('The rest of this article comes when').waitFor()
      assert.ok(await page.locator('.article-body > p').isVisible())
      assert.ok(!(await page.content()).includes(secret))
      await page.locator('.read-on').scrollIntoViewIfNeeded()
      await saveScreenshot({ page, name: 'withheld-3-script-off' })
    })
  })

  it('whose browser blocks it sees the same, after a while', async () => {
    await visit({}, async (page) => {
      await page.route('**/newsrack.js', (route) => route.abort())
      await page.goto(`${service.url}/${article.id}`)
      await page.getByText('The rest of this article comes when').waitFor()
      assert.ok(!(await page.content()).includes(secret))
      await page.locator('.read-on').scrollIntoViewIfNeeded()
      await saveScreenshot({ page, name: 'withheld-4-script-blocked' })
    })
  })
})

describe('time that passes while somebody reads', () => {
  it('ends a grant, and the page fetches another by itself', async () => {
    await visit({}, async (page) => {
      const statuses: number[] = []
      await page.route('**/text', async (route) => {
        if (statuses.length === 0) clock.now += 6 * 60_000
        const response = await route.fetch()
        statuses.push(response.status())
        await route.fulfill({ response })
      })
      await page.goto(`${service.url}/${article.id}`)
      await page.getByText(secret).waitFor()
      assert.deepEqual(statuses, [401, 200])
    })
  })

  it('changes the keys, and the reader reads on', async () => {
    await visit({}, async (page) => {
      for (const { id } of articles.slice(0, 4)) {
        await page.goto(`${service.url}/${id}`)
        await page.locator('.article-body > *').nth(5).waitFor()
        clock.now += rotation.periodMs / 2
      }
    })
  })
})

describe('a search engine', () => {
  const searching = (name: string) => ({ 'user-agent': `Mozilla/5.0 (compatible; ${name}/2.1)` })

  it('whose crawler is what it says gets the whole text in the page, for itself alone', async () => {
    const response = await fetch(`${service.url}/${article.id}`, { headers: searching('Googlebot') })
    assert.equal(response.headers.get('cache-control'), 'private, no-store')
    const page = await response.text()
    assert.ok(page.includes(secret))
    assert.ok(!page.includes('data-content-url'))
  })

  it('that only says so gets the lead', async () => {
    assert.ok(!(await textOf(article.id, searching('bingbot'))).includes(secret))
  })

  it('is told which part is not free, and to keep no copy for everyone', async () => {
    const page = await textOf(article.id)
    assert.match(page, /"isAccessibleForFree":false,"hasPart":\{[^}]*"cssSelector":"\.article-body"\}/)
    assert.match(page, /<meta name="robots" content="noarchive">/)
  })
})

async function grantFor(id: string): Promise<string> {
  const response = await fetch(`${service.url}/v1/views`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ article: { id } }),
  })
  return z.object({ grant: z.string() }).parse(await response.json()).grant
}

/** What has moved without the reader's doing, as browsers sum it up. */
function layoutShift(page: Page): Promise<number> {
  return page.evaluate(
    `new Promise((resolve) => {
      let sum = 0
      const observer = new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value
      })
      observer.observe({ type: 'layout-shift', buffered: true })
      requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)))
    })`,
  )
}
