import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { openBrowser } from '../support/browser.ts'
import { metered, stopped } from './answers.ts'
import { usualStructure } from './article-page.ts'
import { type Newsstand, openNewsstand } from './newsstand.ts'
import { answered, turnTo, visit } from './visit.ts'

/** How routers bring a page from one article to the next without loading it. Each ends with the other article drawn. */
const routers: Record<string, (structure: string) => string> = {
  'changes the address first and draws afterwards': (structure) => `
    history.pushState({}, '', '/another')
    setTimeout(() => { ${draw(structure)} }, 150)`,
  'draws first and changes the address afterwards': (structure) => `
    ${draw(structure)}
    setTimeout(() => history.pushState({}, '', '/another'), 50)`,
  'replaces the whole body, as Turbo does': (structure) => `
    document.dispatchEvent(new Event('turbo:before-cache'))
    history.pushState({}, '', '/another')
    const body = document.body.cloneNode(true)
    body.querySelector('h1').textContent = 'Another story'
    document.querySelector('[type="application/ld+json"]').textContent = ${structure}
    document.body.replaceWith(body)`,
}

function draw(structure: string): string {
  return `document.querySelector('[type="application/ld+json"]').textContent = ${structure}
    document.querySelector('h1').textContent = 'Another story'
    document.querySelector('.article-body').innerHTML = '<p>First of another.</p><p>More of another.</p>'`
}

const another = JSON.stringify(
  JSON.stringify({ ...usualStructure, '@id': 'another', url: '/another', articleSection: 'sports' }),
)

describe('a page that a router takes to the next article', () => {
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

  for (const [what, go] of Object.entries(routers)) {
    it(`is asked about and counted once for each article where the router ${what}`, async () => {
      stand.decide(metered(3))
      await using reader = await visit({ browser, stand, referer: 'https://search.example/' })
      await turnTo(reader.page)
      await reader.page.getByText('3 free articles left').waitFor()
      await countedAfter(reader.page, go(another))
      await answered(reader.page)
      assert.deepEqual(
        stand.asked.map(({ path, body }) => [path, articleOf(body).id]),
        [
          ['/v1/access', '2026/11/flood-aid'],
          ['/v1/views', '2026/11/flood-aid'],
          ['/v1/access', 'another'],
          ['/v1/views', 'another'],
        ],
      )
      // Who came from a search engine has not come from there to every later article.
      assert.deepEqual(
        new Set(stand.asked.slice(2).map(({ body }) => Reflect.get(Object(body), 'referrer'))),
        new Set([`${stand.origin}/article`]),
      )
    })

    it(`is closed and opened for each article by itself where the router ${what}`, async () => {
      stand.reply('/v1/access', { body: stopped }, { body: metered(3) }, { body: stopped })
      stand.reply('/v1/views', { body: metered(3) })
      await using reader = await visit({ browser, stand })
      await reader.page.locator('newsrack-wall').waitFor()
      await countedAfter(reader.page, go(another))
      assert.equal(await reader.page.locator('newsrack-wall').count(), 0)
      assert.equal(await reader.page.locator('[data-newsrack-folded], [hidden]').count(), 0)
    })
  }

  it('is left alone once it shows no article', async () => {
    stand.decide(stopped)
    await using reader = await visit({ browser, stand })
    await reader.page.locator('newsrack-wall').waitFor()
    await reader.page.evaluate(`
      history.pushState({}, '', '/')
      document.querySelector('[type="application/ld+json"]').remove()
      document.querySelector('main').innerHTML = '<h1>Front page</h1>'
    `)
    await reader.page.waitForFunction('newsrack.state.phase === "idle"')
    assert.equal(await reader.page.locator('newsrack-wall').count(), 0)
    assert.deepEqual(stand.paths(), ['/v1/access'])
  })

  it('stays closed when a framework draws the same article anew', async () => {
    stand.decide(stopped)
    await using reader = await visit({ browser, stand })
    await reader.page.locator('newsrack-wall').waitFor()
    await reader.page.evaluate(`
      document.querySelector('article').innerHTML =
        '<h1>Again</h1><div class="article-body"><p>First again.</p><p>Later again.</p></div>'
    `)
    await reader.page.locator('newsrack-wall').waitFor()
    assert.ok(await reader.page.getByText('First again.').isVisible())
    await reader.page.getByText('Later again.').waitFor({ state: 'hidden' })
    await reader.page.evaluate(`document.querySelector('.article-body').append('Words that came late.')`)
    await reader.page.getByText('Words that came late.').waitFor({ state: 'hidden' })
    assert.deepEqual(stand.paths(), ['/v1/access'])
  })

  it('goes on counting after the reader went back and forth', async () => {
    stand.decide(metered(3))
    await using reader = await visit({ browser, stand })
    await turnTo(reader.page)
    await reader.page.getByText('3 free articles left').waitFor()
    await reader.page.evaluate(`
      const first = document.querySelector('[type="application/ld+json"]').textContent
      addEventListener('popstate', () => {
        document.querySelector('[type="application/ld+json"]').textContent = first
        document.querySelector('h1').textContent = 'Flood aid'
      })
    `)
    await countedAfter(
      reader.page,
      routers['changes the address first and draws afterwards']?.(another) ?? '',
    )
    await countedAfter(reader.page, 'history.back()')
    assert.deepEqual(
      stand.asked.filter(({ path }) => path === '/v1/views').map(({ body }) => articleOf(body).id),
      ['2026/11/flood-aid', 'another', '2026/11/flood-aid'],
    )
  })
})

async function countedAfter(page: Page, go: string): Promise<void> {
  const asked = page.waitForResponse('**/v1/access')
  const counted = page.waitForResponse('**/v1/views')
  await page.evaluate(`(() => { ${go} })()`)
  await (await asked).finished()
  await turnTo(page)
  await (await counted).finished()
}

function articleOf(body: unknown): { id: unknown } {
  return { id: Reflect.get(Object(Reflect.get(Object(body), 'article')), 'id') }
}
