import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { type Browser, draftAt, entryAt, invitedAt } from '../desk.ts'
import { openOffice, type Room, signedIn } from './room.ts'

/** A draft with one change, written by somebody at the API. */
async function writtenDraft(writer: Browser): Promise<string> {
  const draft = await draftAt(writer)
  const { entry, etag } = await entryAt(writer, draft, 'plans/unlimited-digital')
  const changed = { entry: { ...entry, price: { amount: 1799, currency: 'USD' } }, etag }
  await writer.put(`drafts/${draft}/entries/plans/unlimited-digital`, changed).expect(200)
  return draft
}

describe('publishing in the console', () => {
  let room: Room & { ann: Browser }
  let page: Page
  before(async () => {
    room = await openOffice()
    page = await signedIn(room)
  })
  after(() => room.close())

  it('tells in plain words what changes, and publishes it with the reason', async () => {
    const draft = await writtenDraft(room.ann)
    await page.goto(`${room.service.url}/console/drafts/${draft}/publish`)
    await page.getByText('regular price 19.99 → 17.99 USD').waitFor()
    await page.getByLabel('Why?').fill('The winter price')
    await page.getByRole('button', { name: 'Publish now' }).click()
    await page.getByRole('heading', { name: 'Version 2' }).waitFor()
    await page.getByText('rules now', { exact: true }).waitFor()
    await page.getByText('The winter price').waitFor()
    assert.equal((await room.ann.get('versions/current')).body.number, 2)
  })

  it('shows what Stripe has of it', async () => {
    await page.getByRole('link', { name: 'In Stripe' }).click()
    await page
      .getByRole('row', { name: /standing/ })
      .getByText(/^price_/)
      .waitFor()
  })

  it('keeps who did what and why in the journal', async () => {
    await page.getByRole('link', { name: 'Journal' }).click()
    await page.getByRole('combobox', { name: 'About' }).selectOption('plans')
    await page.getByText('regular price 19.99 → 17.99 USD').waitFor()
  })

  it('rolls back to an older version', async () => {
    await page.getByRole('link', { name: 'Versions', exact: true }).click()
    await page.getByRole('link', { name: 'Version 1', exact: true }).click()
    await page.getByRole('button', { name: 'Roll back to this' }).click()
    await page.getByText('regular price 19.99 → 17.99 USD').waitFor()
    await page.getByRole('button', { name: 'Roll back', exact: true }).click()
    await page.getByRole('heading', { name: 'Version 3', exact: true }).waitFor()
    assert.equal((await room.ann.get('versions/current')).body.restores, 1)
  })

  it('puts a draft on the schedule and takes it off again', async () => {
    const draft = await writtenDraft(room.ann)
    await page.goto(`${room.service.url}/console/drafts/${draft}/publish`)
    await page.getByRole('radio', { name: 'At a time' }).check()
    await page.getByLabel('At (America/New_York)').fill('2099-03-01T06:00')
    await page.getByRole('button', { name: 'Schedule' }).click()
    await page.getByText('Sunday, March 1, 2099 at 6:00 AM').waitFor()
    await page.getByRole('button', { name: 'Take it from the schedule' }).click()
    await page.getByRole('button', { name: 'Schedule' }).waitFor()
  })

  it('brings a draft up to date that somebody has overtaken, and asks where both changed the same', async () => {
    const slow = await writtenDraft(room.ann)
    const quick = await draftAt(room.ann)
    const { entry, etag } = await entryAt(room.ann, quick, 'plans/unlimited-digital')
    const theirs = { entry: { ...entry, price: { amount: 2199, currency: 'USD' } }, etag }
    await room.ann.put(`drafts/${quick}/entries/plans/unlimited-digital`, theirs).expect(200)
    await room.ann.post(`drafts/${quick}/publish`, { why: '' }).expect(200)
    await page.goto(`${room.service.url}/console/drafts/${slow}/publish`)
    await page.getByRole('button', { name: 'Bring up to date' }).click()
    await page.getByRole('radio', { name: 'Published: regular price 21.99 USD' }).waitFor()
    await page.getByRole('radio', { name: 'This draft: regular price 17.99 USD' }).check()
    await page.getByRole('button', { name: 'Bring up to date' }).click()
    await page.getByText('regular price 21.99 → 17.99 USD').waitFor()
  })
})

describe('publishing where a second person approves', () => {
  let room: Room & { ann: Browser }
  before(async () => {
    room = await openOffice({ environment: { PUBLISHING_NEEDS_APPROVAL: 'yes' } })
  })
  after(() => room.close())

  it('lets somebody else approve what one has written, and then publishes it', async () => {
    const draft = await writtenDraft(room.ann)
    await invitedAt(room.service, room.ann, { name: 'Ben', role: 'publisher' })
    const page = await signedIn(room, { email: 'ben@example.com' })
    await page.goto(`${room.service.url}/console/drafts/${draft}/publish`)
    await page.getByRole('button', { name: 'Approve' }).click()
    await page.getByText('Ben approved it').waitFor()
    await page.getByRole('button', { name: 'Publish now' }).click()
    await page.getByRole('heading', { name: 'Version 2' }).waitFor()
    await page.getByText('approved by Ben').waitFor()
  })
})
