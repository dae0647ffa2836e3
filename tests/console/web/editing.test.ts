import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { violationsOn } from '../../support/axe.ts'
import { type Browser, draftAt, entryAt, invitedAt } from '../desk.ts'
import { openOffice, previewed, type Room, signedIn, signIn } from './room.ts'

let room: Room & { ann: Browser }
let page: Page
before(async () => {
  room = await openOffice()
  page = await signedIn(room)
})
after(() => room.close())

async function newDraft(title: string): Promise<string> {
  await page.goto(`${room.service.url}/console/drafts`)
  await page.getByRole('button', { name: 'New draft' }).click()
  await page.getByLabel('What is it about?').fill(title)
  await page.getByRole('button', { name: 'Begin' }).click()
  await page.getByRole('heading', { name: title }).waitFor()
  return page.url().split('/').at(-1) ?? ''
}

/** A draft whose site and offers speak further languages. */
async function draftIn(languages: readonly string[]): Promise<string> {
  const { configuration } = (await room.ann.get('versions/current').expect(200)).body
  const translations = Object.fromEntries(
    languages.map((language) => [language, { headline: `Wort ${language}`, button: 'Wort' }]),
  )
  const spoken = {
    ...configuration,
    sites: configuration.sites.map((site: object) => ({ ...site, languages })),
    offers: configuration.offers.map((offer: object) => ({ ...offer, translations })),
  }
  return (await room.ann.post('drafts', { configuration: spoken }).expect(201)).body.id
}

describe('an offer in its form', () => {
  it('is shown by the real wall with the real words, as they will be, before anything is saved', async () => {
    await newDraft('Winter sale')
    await page.getByRole('link', { name: /25c-for-5-months/ }).click()
    await previewed(page).getByText('Only 25¢ for 5 months', { exact: true }).waitFor()
    await page.getByRole('textbox', { name: 'Amount' }).fill('0.75')
    await previewed(page).getByText('Only 75¢ for 5 months', { exact: true }).waitFor()
    await page.getByRole('combobox', { name: 'Reader' }).selectOption('active')
    await page.getByText('The article opens. The reader is a subscriber').waitFor()
  })

  it('says at the field what is wrong with it, and takes it once it is right', async () => {
    await page.getByLabel('Headline').fill('Only 99 cents')
    await page.getByText('Expected words without digits').first().waitFor()
    assert.equal(await page.getByLabel('Headline').getAttribute('aria-invalid'), 'true')
    await page.getByText('Once the form is right, the wall stands here.').waitFor()
    await page.getByLabel('Headline').fill('A Winter of Reading')
    await page.getByRole('combobox', { name: 'Reader' }).selectOption('stopped')
    await previewed(page).getByRole('heading', { name: 'A Winter of Reading' }).waitFor()
    await page.getByRole('button', { name: 'Save in the draft' }).click()
    await page.getByRole('link', { name: 'A Winter of Reading' }).waitFor()
    await page.getByRole('link', { name: '1 change', exact: true }).waitFor()
  })

  it('keeps the time in the site’s zone, whatever the clock of the editor', async () => {
    const draft = await newDraft('Zone')
    await page.getByRole('link', { name: /25c-for-5-months/ }).click()
    await page.getByLabel('Ends at (America/New_York)').fill('2027-01-15T00:00')
    await page.getByText('Friday, January 15, 2027 at 12:00 AM').waitFor()
    await page.getByRole('button', { name: 'Save in the draft' }).click()
    await page.getByRole('heading', { name: 'Zone' }).waitFor()
    const saved = await entryAt(room.ann, draft, 'offers/25c-for-5-months')
    assert.equal(Date.parse(saved.entry.endsAt), Date.parse('2027-01-15T05:00:00Z'))
  })

  it('is shown in each language of the site, from right to left where it is read so', async () => {
    const speaks = await draftIn(['de', 'ar'])
    await page.goto(`${room.service.url}/console/drafts/${speaks}/offers/25c-for-5-months`)
    await page.getByRole('combobox', { name: 'Language', exact: true }).selectOption('de')
    await previewed(page).getByRole('heading', { name: 'Wort de' }).waitFor()
    await page.getByRole('combobox', { name: 'Language', exact: true }).selectOption('ar')
    await previewed(page).locator('[dir=rtl]').waitFor()
  })
})

describe('a wall in its form', () => {
  it('is shown where it will stand, and takes the focus from nobody who writes', async () => {
    const draft = await draftAt(room.ann)
    await page.goto(`${room.service.url}/console/drafts/${draft}/walls/demo.subscription`)
    await previewed(page).locator('section').first().waitFor()
    for (const [layout, part] of [
      ['Over the page', 'dialog'],
      ['A bar along the window’s edge', '.bar'],
    ] as const) {
      await page.getByRole('radio', { name: layout }).check()
      await previewed(page).locator(part).first().waitFor()
      assert.equal(
        await page.evaluate('document.activeElement.parentElement.textContent'),
        layout,
        'the focus is where it was',
      )
    }
  })
})

describe('the list of a draft', () => {
  it('finds entries of every kind by what they say', async () => {
    await newDraft('Search')
    await page.getByLabel('Search in everything').fill('googlebot')
    await page.getByText('1 entry found').waitFor()
    await page.getByRole('link', { name: 'googlebot' }).waitFor()
  })

  it('duplicates an offer, archives it, and takes that back', async () => {
    await newDraft('Copies')
    await page.getByRole('button', { name: /What to do with .*standing/ }).click()
    await page.getByRole('menuitem', { name: 'Duplicate' }).click()
    await page.getByLabel('Name in addresses').fill('summer')
    await page.getByRole('button', { name: 'Duplicate' }).click()
    await page.getByRole('link', { name: /summer/ }).waitFor()
    await page.getByRole('button', { name: /What to do with .*summer/ }).click()
    await page.getByRole('menuitem', { name: 'Archive' }).click()
    await page.getByText('archived', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('link', { name: /summer/ }).waitFor()
  })

  it('removes an entry, and puts it back where it was', async () => {
    await page.getByRole('button', { name: /What to do with .*come-back/ }).click()
    await page.getByRole('menuitem', { name: 'Remove' }).click()
    await page.getByRole('link', { name: /come-back/ }).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('link', { name: /come-back/ }).waitFor()
    const names = await page.locator('.rows .name a').allTextContents()
    assert.match(names[1] ?? '', /come-back/)
  })
})

describe('an editor whose session ends', () => {
  it('signs in in another tab and loses nothing of what they have written', async () => {
    await invitedAt(room.service, room.ann, { name: 'Ben', role: 'editor' })
    const ben = await signedIn(room, { email: 'ben@example.com' })
    const draft = await draftAt(room.ann)
    await ben.goto(`${room.service.url}/console/drafts/${draft}/offers/standing`)
    await ben.getByLabel('Button').fill('Join us')
    const { people } = (await room.ann.get('people').expect(200)).body
    const { id } = people.find(({ name }: { name: string }) => name === 'Ben')
    await room.ann.post(`people/${id}/end-sessions`).expect(200)
    await ben.getByRole('button', { name: 'Save in the draft' }).click()
    const opening = ben.context().waitForEvent('page')
    await ben.getByRole('link', { name: 'Sign in in another tab' }).click()
    await signIn(await opening, 'ben@example.com')
    await ben.bringToFront()
    await ben.getByRole('button', { name: 'Save in the draft' }).click()
    await ben.getByText('Saved in the draft.').waitFor()
    assert.equal((await entryAt(room.ann, draft, 'offers/standing')).entry.button, 'Join us')
  })
})

describe('two editors of one entry', () => {
  it('show the second one both versions in the words of changes, and lose neither', async () => {
    const draft = await draftAt(room.ann)
    await page.goto(`${room.service.url}/console/drafts/${draft}/offers/25c-for-5-months`)
    await page.getByRole('textbox', { name: 'Amount' }).fill('0.75')
    const { entry, etag } = await entryAt(room.ann, draft, 'offers/25c-for-5-months')
    const theirs = { entry: { ...entry, button: 'Read on', intro: { ...entry.intro, amount: 50 } }, etag }
    await room.ann.put(`drafts/${draft}/entries/offers/25c-for-5-months`, theirs).expect(200)
    await page.getByRole('button', { name: 'Save in the draft' }).click()
    await page.getByText('Somebody else has changed this meanwhile.').waitFor()
    const versions = page.getByRole('region', { name: 'Both versions' })
    await versions.getByRole('row', { name: 'Introductory price 0.75 USD 0.50 USD' }).waitFor()
    await versions.getByRole('row', { name: 'Button “Act now” “Read on”' }).waitFor()
    assert.equal(await versions.getByRole('row').count(), 3)
    assert.deepEqual(await violationsOn(page), [])
    await page.getByRole('button', { name: 'Save mine over theirs' }).click()
    await page.getByText('Saved in the draft.').waitFor()
    const saved = await entryAt(room.ann, draft, 'offers/25c-for-5-months')
    assert.deepEqual([saved.entry.intro.amount, saved.entry.button], [75, 'Act now'])
  })
})
