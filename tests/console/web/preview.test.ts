import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { type Browser, draftAt, entryAt } from '../desk.ts'
import { openOffice, previewed, type Room, signedIn } from './room.ts'

let room: Room & { ann: Browser }
let page: Page
let draft: string
before(async () => {
  room = await openOffice()
  page = await signedIn(room)
  draft = await draftAt(room.ann)
  const add = (kind: string, entry: object) =>
    room.ann.post(`drafts/${draft}/entries/${kind}`, { entry }).expect(201)
  const { entry: standing } = await entryAt(room.ann, draft, 'offers/standing')
  const audience = { countries: ['DE'], sections: ['sport'], referrers: ['google.com'] }
  await add('offers', { ...standing, id: 'sport', headline: 'Der Sport', priority: 200, ...audience })
  const allowance = { articles: 2, window: 'day' }
  await add('exemptions', { id: 'letter', kind: 'campaign', tokens: ['spring-letter'], allowance })
  await add('nudges', { id: 'third-view', meter: 'default', fromView: 3, atMost: { times: 1, days: 7 } })
})
after(() => room.close())

const controls = () => page.getByRole('region', { name: 'Preview' })

async function open(entry: string): Promise<void> {
  await page.goto(`${room.service.url}/console/drafts/${draft}/${entry}`)
  await controls().waitFor()
}

describe('the preview', () => {
  it('shows what a reader in Germany who reads Sport and comes from Google sees', async () => {
    await open('offers/sport')
    const headline = previewed(page).getByRole('heading', { name: 'Der Sport' })
    await previewed(page).getByRole('heading', { name: 'Unlimited Digital Access' }).waitFor()
    await controls().getByLabel('Country').selectOption('Germany')
    await controls().getByLabel('Section').fill('sport')
    await controls().getByLabel('Comes from').fill('google.com')
    await headline.waitFor()
    await controls().getByLabel('Country').selectOption('Austria')
    await headline.waitFor({ state: 'detached' })
  })

  it('proposes the sections, hosts and campaigns that the draft has rules about', async () => {
    const proposed = async (label: string) => {
      const list = await controls().getByLabel(label).getAttribute('list')
      const options = controls().locator(`datalist[id="${list}"] option`)
      return options.evaluateAll((all) => all.map((option) => option.getAttribute('value')))
    }
    assert.deepEqual(await proposed('Section'), ['sport'])
    assert.deepEqual(await proposed('Comes from'), ['google.com'])
    assert.deepEqual(await proposed('Campaign'), ['spring-letter'])
  })

  it('opens an article by the allowance of a campaign, and closes it once that is used up', async () => {
    await open('exemptions/demo.letter')
    await controls().getByLabel('Campaign').fill('spring-letter')
    await controls().getByText('The article opens. allowance:letter opens it').waitFor()
    await controls()
      .getByLabel('Reader')
      .selectOption('Has used up the allowance of a referrer or campaign, too')
    await controls().getByText('The reader is stopped.').waitFor()
  })

  it('draws a nudge as readers meet it: a bar along the edge of the window, which can be closed', async () => {
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await open('nudges/demo.third-view')
    const bar = previewed(page).getByRole('region', { name: 'Unlimited Digital Access' })
    await bar.waitFor()
    const { bottom, height } = await bar.evaluate((element) => ({
      bottom: element.getBoundingClientRect().bottom,
      height: element.ownerDocument.documentElement.clientHeight,
    }))
    assert.equal(bottom, height)
    await page
      .frameLocator('iframe[title="What the reader meets"]')
      .getByText('It was decided by a single hand')
      .waitFor()
    await bar.getByRole('button', { name: 'Close' }).click()
    await bar.waitFor({ state: 'detached' })
  })

  it('leaves of a refused article only its beginning, as the page does', async () => {
    await open('walls/demo.subscription')
    const frame = page.frameLocator('iframe[title="What the reader meets"]')
    await frame.locator('newsrack-wall').waitFor()
    assert.equal(await frame.getByText('The tide was still out').isVisible(), true)
    assert.equal(await frame.getByText('By noon the first boats').isVisible(), false)
  })
})
