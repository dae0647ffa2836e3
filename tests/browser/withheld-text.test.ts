import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { openBrowser } from '../support/browser.ts'
import { metered, stopped, subscribed } from './answers.ts'
import { type Newsstand, openNewsstand } from './newsstand.ts'
import { answered, visit } from './visit.ts'

describe('a page that holds only the beginning of its article', () => {
  let browser: Browser
  let stand: Newsstand
  let asked: string[]

  before(async () => {
    ;[browser, stand] = await Promise.all([openBrowser(), openNewsstand()])
  })
  after(async () => {
    await browser.close()
    await stand.close()
  })
  beforeEach(() => {
    stand.clear()
    stand.print({ rest: '', attributes: 'data-content-url="/article/text"' })
    asked = []
  })

  const serveText = (page: Page) =>
    page.route('**/article/text', async (route) => {
      const grant = (await route.request().headerValue('authorization')) ?? 'none'
      asked.push(grant)
      const script = '<script>window.ran = true</script>'
      await (grant === 'Bearer good'
        ? route.fulfill({ contentType: 'text/html', body: `<p>The rest.</p>${script}<h2>Its end.</h2>` })
        : route.fulfill({ status: 403 }))
    })

  it('gets the rest with the grant of the counted view, behind the beginning', async () => {
    stand.decide(metered(5), { ...metered(4), grant: 'good' })
    await using reader = await visit({ browser, stand, prepare: serveText })
    await reader.page.getByText('Its end.').waitFor()
    assert.deepEqual(await reader.page.locator('.article-body > :is(p, h2)').allTextContents(), [
      'First paragraph of the story.',
      'The rest.',
      'Its end.',
    ])
    assert.deepEqual(asked, ['Bearer good'])
    assert.deepEqual(stand.paths(), ['/v1/access', '/v1/views'])
    assert.equal(await reader.page.evaluate('window.ran'), undefined)
  })

  it('asks for nothing while it is refused, and keeps its beginning whole', async () => {
    stand.decide(stopped)
    stand.print({
      rest: '<p>Second paragraph of the beginning.</p>',
      attributes: 'data-content-url="/article/text"',
    })
    await using reader = await visit({ browser, stand, prepare: serveText })
    await reader.page.locator('newsrack-wall').waitFor()
    assert.ok(await reader.page.getByText('Second paragraph of the beginning.').isVisible())
    assert.equal(
      await reader.page.locator('[data-newsrack-faded]').textContent(),
      'Second paragraph of the beginning.',
    )
    assert.deepEqual(asked, [])
    stand.decide(subscribed, { ...subscribed, grant: 'good' })
    await reader.page.evaluate('newsrack.ask()')
    await reader.page.getByText('Its end.').waitFor()
    assert.equal(await reader.page.locator('newsrack-wall, [data-newsrack-faded]').count(), 0)
  })

  it('says on the console that the rest could not be had', async () => {
    stand.decide(metered(5), { ...metered(4), grant: 'old' })
    await using reader = await visit({ browser, stand, prepare: serveText })
    await reader.newsrackSpoke()
    await answered(reader.page)
    assert.ok(
      reader.said.includes(
        'info: Newsrack: no answer (data-content-url: Error: status 403), so the page stays as it is.',
      ),
    )
  })

  it('has the rest again after a framework has drawn the page anew', async () => {
    stand.decide(metered(5), { ...metered(4), grant: 'good' })
    await using reader = await visit({ browser, stand, prepare: serveText })
    await reader.page.getByText('Its end.').waitFor()
    await reader.page.evaluate(
      `document.querySelector('article').innerHTML = '<div class="article-body"><p>Again.</p></div>'`,
    )
    await reader.page.getByText('Its end.').waitFor()
    assert.deepEqual(asked, ['Bearer good'])
  })
})
