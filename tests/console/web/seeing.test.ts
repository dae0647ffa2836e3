import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import request from 'supertest'
import { csvOf } from '../../../src/console/web/pages/csv.ts'
import { eventually } from '../../publishing/examples.ts'
import { saveScreenshot } from '../../support/browser.ts'
import { payWithCard } from '../../support/buying.ts'
import { siteKey } from '../../support/service.ts'
import { type Browser, draftAt, entryAt } from '../desk.ts'
import { openOffice, type Room, signedIn } from './room.ts'

let room: Room & { ann: Browser }
let page: Page
before(async () => {
  room = await openOffice()
  page = await signedIn(room)
})
after(() => room.close())

async function view(reader: string, article: string): Promise<{ decision: string }> {
  const { body } = await request(room.service.url)
    .post('/v1/views')
    .set('Authorization', `Bearer ${siteKey}`)
    .send({ article: { id: article, section: 'harbor' }, reader: { id: reader } })
    .expect(200)
  return body
}

const asServer = { Authorization: `Bearer ${siteKey}` }

/** Presses the button at the wall of a section, on a phone: the address of the page where it is paid. */
async function order(id: string, section: string): Promise<string> {
  const named = { reader: { id }, client: { userAgent: 'iPhone' } }
  const post = (path: string, body: object) =>
    request(room.service.url)
      .post(path)
      .set(asServer)
      .send({ ...body, ...named })
  const met = await post('/v1/views', { article: { id: 'closed', section, class: 'premium' } }).expect(200)
  const { id: offer, termsHash } = met.body.offer
  const { body } = await post('/v1/checkout', { offer, termsHash, consent: true, section }).expect(201)
  return body.url
}

async function buy(id: string, section: string): Promise<void> {
  const back = await payWithCard(await order(id, section))
  await fetch(back, { redirect: 'manual' })
}

describe('figures', () => {
  it('say what they will show while nobody has come', async () => {
    await page.getByRole('heading', { name: 'Nobody has come yet' }).waitFor()
  })

  it('follow readers as they come, by section, and tell where they stand', async () => {
    for (const article of ['1', '2', '3', '4', '5', '6']) await view('cat', article)
    await view('dan', '1')
    await page.locator('.figures').getByText('50 %').waitFor()
    await page.getByRole('row', { name: /harbor/ }).waitFor()
    await page.getByText('5 of 5').waitFor()
  })

  it('tell by section what was bought, and of how many checkouts', async () => {
    for (const reader of ['eve', 'fay']) await buy(reader, 'world')
    await order('gus', 'world')
    await order('hal', 'harbor')
    const cells = (section: string) =>
      page.getByRole('row', { name: section }).getByRole('cell').allTextContents()
    await eventually(async () => (await cells('world'))[0] === '3' && (await cells('harbor'))[0] === '3')
    const sold = async (section: string) => (await cells(section)).slice(4)
    assert.deepEqual(await sold('world'), ['3', '2', '0', '66.7 %', '$43.46'])
    assert.deepEqual(await sold('harbor'), ['1', '0', '0', '0 %', '—'])
    await saveScreenshot({ page, name: 'figures-sales-by-section' })
    await page.getByLabel('Split by').selectOption('device')
    await page.getByRole('row', { name: 'phone' }).waitFor()
    assert.deepEqual(await sold('phone'), ['4', '2', '0', '50 %', '$43.46'])
    await page.getByLabel('Split by').selectOption('section')
  })

  it('are drawn day by day, and told in a table to who cannot see the chart', async () => {
    await page.getByRole('radio', { name: '7 days' }).check()
    await page.getByRole('img', { name: /Readers a day/ }).waitFor()
    await page.getByText('The same as a table').click()
    assert.equal(
      await page.getByRole('region', { name: 'Day by day, as a table' }).getByRole('row').count(),
      8,
    )
  })

  it('can be taken along as CSV', async () => {
    const waiting = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download CSV' }).click()
    const download = await waiting
    assert.match(download.suggestedFilename(), /^newsrack-demo-.*-by-section\.csv$/)
    const text = await readFile(await download.path(), 'utf8')
    assert.match(text, /section,readers,stopped,stopRate.*,checkouts,bought,cancelled,conversion,/)
    assert.match(text, /\r\nharbor,3,2,0\.66.*,1,0,0,0,0\r\n/)
    assert.match(text, /\r\nworld,3,3,1,.*,3,2,0,0\.66\d+,\d+\r\n/)
  })

  it('never hand a spreadsheet a formula', () => {
    const row = { readers: 1, stopped: 0, stopRate: null, views: 1, stops: 0, offersShown: 0, checkouts: 0 }
    const rest = { bought: 0, cancelled: 0, conversion: null, revenue: [] }
    const text = csvOf({ by: 'section', rows: [{ value: '=HYPERLINK("x")', ...row, ...rest }] })
    assert.match(text, /\r\n"'=HYPERLINK\(""x""\)",1,/)
  })
})

describe('“Why?”', () => {
  it('tells in sentences why a decision was what it was', async () => {
    const { decision } = await view('cat', '7')
    await page.getByRole('link', { name: 'Why?' }).click()
    const why = page.getByRole('button', { name: 'Why?' })
    await page.getByRole('textbox', { name: 'Decision' }).fill(decision)
    await why.click()
    // Decisions are written every moment, so one may be asked about before it is there.
    while (!(await page.getByText('The reader is stopped.').isVisible())) {
      await page
        .getByText(/The reader is stopped\.|is not kept/)
        .first()
        .waitFor()
      if (await page.getByText('is not kept').isVisible()) await why.click()
    }
    await page.getByText(/used 5 of 5/).waitFor()
  })

  it('tells it of a reader and an article, too', async () => {
    await page.getByRole('radio', { name: 'Reader and article' }).check()
    await page.getByRole('combobox', { name: 'Reader’s id is' }).selectOption('id')
    await page.getByRole('textbox', { name: 'Reader' }).fill('somebody-new')
    await page.getByRole('textbox', { name: 'Article' }).fill('1')
    await page.getByRole('button', { name: 'Why?' }).click()
    await page.getByText('The article opens.').waitFor()
  })
})

describe('“What if?”', () => {
  it('tries a draft on a log, and tells the stop rate before and after', async () => {
    const draft = await draftAt(room.ann)
    const { entry, etag } = await entryAt(room.ann, draft, 'meters/demo.default')
    const stricter = { entry: { ...entry, limit: { anonymous: 1, registered: 1 } }, etag }
    await room.ann.put(`drafts/${draft}/entries/meters/demo.default`, stricter).expect(200)
    await page.goto(`${room.service.url}/console/drafts/${draft}/try`)
    await page.getByRole('radio', { name: 'A log' }).check()
    const line = (path: string) =>
      `10.0.0.1 - - [17/May/2015:10:05:03 +0000] "GET ${path} HTTP/1.1" 200 5000 "-" "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"`
    const buffer = Buffer.from(['/world/a', '/world/b', '/sport/c'].map(line).join('\n'))
    await page.getByLabel('Access log').setInputFiles({ name: 'access.log', mimeType: 'text/plain', buffer })
    await page.getByRole('button', { name: 'Try it' }).click()
    await page.getByRole('heading', { name: 'Stop rate 0 % → 100 %' }).waitFor()
    await page.getByRole('row', { name: /world/ }).waitFor()
  })
})

describe('experiments', () => {
  it('show their groups side by side, and that it is too early to conclude anything', async () => {
    const draft = await draftAt(room.ann)
    await page.goto(`${room.service.url}/console/drafts/${draft}/experiments`)
    await page.getByLabel('Name in addresses').fill('three-free')
    await page.getByLabel('Hypothesis').fill('Three free articles sell more than five.')
    await page.getByRole('button', { name: 'Add a variant' }).click()
    const variant = page.getByRole('group', { name: 'Variant 1' })
    await variant.getByLabel('Share').fill('40')
    await variant.getByLabel('Name in addresses').fill('three')
    await page.getByRole('button', { name: 'Add the experiment' }).click()
    await page.getByRole('link', { name: 'three-free' }).waitFor()
    await room.ann.post(`drafts/${draft}/publish`, { why: '' }).expect(200)
    await page.getByRole('link', { name: 'Experiments', exact: true }).first().click()
    await page.getByRole('link', { name: 'three-free' }).click()
    await page.getByText('Too early to conclude anything').waitFor()
    await page.getByRole('row', { name: /three 40 %/ }).waitFor()
  })
})

describe('keys', () => {
  it('are told once, and end', async () => {
    await page.getByRole('link', { name: 'Keys' }).click()
    await page.getByRole('button', { name: 'New key' }).click()
    await page.getByLabel('What is it for?').fill('Nightly report')
    await page.getByLabel('Look at the console').check()
    await page.getByRole('button', { name: 'Make the key' }).click()
    const key = await page.locator('.secret').textContent()
    const asked = request(room.service.url).get('/v1/console/drafts')
    await asked.set('Authorization', `Bearer ${key}`).expect(200)
    await page.getByRole('button', { name: 'I have it' }).click()
    await page.getByRole('button', { name: 'End', exact: true }).click()
    await page.getByRole('button', { name: 'End the key' }).click()
    await page.getByText(/^ended /).waitFor()
  })
})
