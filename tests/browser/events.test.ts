import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { openBrowser } from '../support/browser.ts'
import { metered, nudged, refused, stopped, subscribed } from './answers.ts'
import { type Newsstand, openNewsstand } from './newsstand.ts'
import { answered, turnTo, visit } from './visit.ts'

const all = ['wall', 'open', 'meter', 'offer', 'checkout', 'subscribed', 'error']

/** A page's own script, which loads before ours. */
const listen = `(window.newsrack ||= []).push((newsrack) => {
  for (const name of ${JSON.stringify(all)})
    newsrack.on(name, (detail) => sessionStorage.told = JSON.stringify([...JSON.parse(sessionStorage.told ?? '[]'), [name, detail]]))
})`

describe('what the script tells a page’s own scripts', () => {
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

  const listening = (page: Page) => page.addInitScript(listen)

  it('is heard by whoever asked before it had loaded: open, then meter', async () => {
    stand.decide(metered(5), metered(4))
    await using reader = await visit({ browser, stand, prepare: listening })
    await turnTo(reader.page)
    await reader.page.getByText('4 free articles left').waitFor()
    const [open, meter, ...others] = await told(reader.page)
    assert.deepEqual(others, [])
    assert.equal(open?.[0], 'open')
    assert.equal(open?.[1].article.id, '2026/11/flood-aid')
    assert.equal(open?.[1].answer?.reason, 'metered')
    assert.equal(meter?.[0], 'meter')
    assert.equal(meter?.[1].meter.left, 4)
  })

  it('names a wall and its offer, the checkout it leads to, and the subscription that comes of it', async () => {
    stand.decide(stopped)
    stand.reply('/v1/checkout', { status: 201, body: { attempt: 'a1', url: `${stand.origin}/article?paid` } })
    await using reader = await visit({ browser, stand, prepare: listening })
    await reader.page.getByRole('checkbox').check()
    stand.decide(subscribed)
    await reader.page.getByRole('button', { name: 'Act now' }).click()
    await reader.page.waitForURL('**/article?paid')
    await answered(reader.page)
    await reader.page.reload()
    await answered(reader.page)
    assert.deepEqual(
      (await told(reader.page)).map(([name]) => name),
      ['wall', 'offer', 'checkout', 'open', 'subscribed', 'open'],
    )
  })

  it('names the offer of a nudge as one', async () => {
    stand.decide(metered(3), nudged(2))
    await using reader = await visit({ browser, stand, prepare: listening })
    await turnTo(reader.page)
    await reader.page.getByRole('region').waitFor()
    const offers = (await told(reader.page)).filter(([name]) => name === 'offer')
    assert.deepEqual(
      offers.map(([, { place, offer }]) => [place, offer.id]),
      [['nudge', '25c-for-5-months']],
    )
  })

  it('says what went wrong, and that the article is open all the same', async () => {
    stand.reply('/v1/access', { status: 500, body: 'oh' })
    await using reader = await visit({ browser, stand, prepare: listening })
    await reader.newsrackSpoke()
    assert.deepEqual(
      (await told(reader.page)).map(([name, { kind, answer }]) => [name, kind ?? answer]),
      [
        ['error', 'unreachable'],
        ['open', null],
      ],
    )
  })

  it('is held up by no mistake of a listener', async () => {
    stand.decide(stopped)
    await using reader = await visit({
      browser,
      stand,
      prepare: (page) =>
        page.addInitScript(
          `window.newsrack = [() => { throw new Error('theirs') }, (newsrack) => newsrack.on('wall', () => { throw new Error('theirs too') })]`,
        ),
    })
    await reader.page.locator('newsrack-wall').waitFor()
    assert.deepEqual(reader.said, ['uncaught: theirs', 'uncaught: theirs too'])
  })

  it('is a state that can be looked at, and a question that can be asked again', async () => {
    stand.decide(refused({ kind: 'registration' }))
    await using reader = await visit({ browser, stand })
    await reader.page.locator('newsrack-wall').waitFor()
    assert.equal(await reader.page.evaluate('newsrack.state.phase'), 'closed')
    assert.equal(await reader.page.evaluate('newsrack.state.answer.wall.kind'), 'registration')
    stand.decide(subscribed)
    assert.equal(await reader.page.evaluate('newsrack.ask().then(({ phase }) => phase)'), 'open')
    assert.equal(await reader.page.locator('newsrack-wall').count(), 0)
  })

  it('ends when the page no longer wants to hear it', async () => {
    stand.decide(stopped)
    await using reader = await visit({ browser, stand })
    await reader.page.locator('newsrack-wall').waitFor()
    await reader.page.evaluate(`(() => {
      const off = newsrack.on('wall', () => { window.heard = (window.heard ?? 0) + 1 })
      return newsrack.ask().then(off).then(() => newsrack.ask())
    })()`)
    assert.equal(await reader.page.evaluate('window.heard'), 1)
  })
})

/** As much of the details as is looked at here, where it is expected. */
type Detail = {
  kind?: string
  place?: string
  article: { id: string }
  answer: { reason: string } | null
  meter: { left: number }
  offer: { id: string }
}

async function told(page: Page): Promise<[name: string, detail: Detail][]> {
  return JSON.parse(String(await page.evaluate(`sessionStorage.told ?? '[]'`)))
}
