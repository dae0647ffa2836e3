import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { type Browser, draftAt, entryAt, invitedAt, password } from '../desk.ts'
import { newPage, openOffice, type Room, signedIn } from './room.ts'

let room: Room & { ann: Browser }
let people: Page
let ben: Page
let draft: string
before(async () => {
  room = await openOffice()
  draft = await draftAt(room.ann)
  await invitedAt(room.service, room.ann, { name: 'Ben', role: 'editor' })
  people = await signedIn(room)
  ben = await signedIn(room, { email: 'ben@example.com' })
  await people.getByRole('link', { name: 'People' }).click()
})
after(() => room.close())

describe('an admin in the list of people', () => {
  it('takes a role away: a form that is open saves no more, says why, and keeps what was written', async () => {
    await ben.goto(`${room.service.url}/console/drafts/${draft}/offers/standing`)
    await ben.getByLabel('Button').fill('Join us')
    await people.getByRole('combobox', { name: 'Role of Ben' }).selectOption('viewer')
    await people.getByText('Ben is viewer now.').waitFor()
    await ben.getByRole('button', { name: 'Save in the draft' }).click()
    await ben.getByText('This takes the role editor; yours is viewer.').waitFor()
    await ben.getByText('You may look at this, but not change it: that takes the role editor.').waitFor()
    assert.equal(await ben.getByLabel('Button').inputValue(), 'Join us')
    assert.equal(await ben.getByLabel('Button').isDisabled(), true)
    assert.equal((await entryAt(room.ann, draft, 'offers/standing')).entry.button, 'Subscribe')
  })

  it('gives it back by “Undo”, and the same form saves', async () => {
    await people.getByRole('button', { name: 'Undo' }).click()
    const row = people.getByRole('listitem').filter({ hasText: 'ben@example.com' })
    await row.locator('option:checked', { hasText: 'editor' }).waitFor({ state: 'attached' })
    await ben.reload()
    await ben.getByLabel('Button').fill('Join us')
    await ben.getByRole('button', { name: 'Save in the draft' }).click()
    await ben.getByText('Saved in the draft.').waitFor()
  })

  it('disables somebody: their open console says that the session has ended, and they cannot come back in', async () => {
    const row = people.getByRole('listitem').filter({ hasText: 'ben@example.com' })
    await row.getByRole('button', { name: 'Disable' }).click()
    await row.getByText('disabled', { exact: true }).waitFor()
    await ben.getByRole('link', { name: 'Journal' }).click()
    await ben.getByText('Your session has ended.').waitFor()
    await ben.getByText('If you cannot sign in any more, ask an admin.').waitFor()
    const again = await newPage(room.chromium)
    await again.goto(`${room.service.url}/console`)
    await again.getByLabel('E-mail address').fill('ben@example.com')
    await again.getByLabel('Password', { exact: true }).fill(password)
    await again.getByRole('button', { name: 'Sign in', exact: true }).click()
    await again.getByText('E-mail address and password do not fit.').waitFor()
  })

  it('lets them in again', async () => {
    const row = people.getByRole('listitem').filter({ hasText: 'ben@example.com' })
    await row.getByRole('button', { name: 'Enable' }).click()
    await row.getByRole('button', { name: 'Disable' }).waitFor()
    await signedIn(room, { email: 'ben@example.com' })
  })

  it('is told that somebody has to remain an admin', async () => {
    await people.getByRole('combobox', { name: 'Role of Ann' }).selectOption('viewer')
    await people.getByText('Somebody has to remain an admin.').waitFor()
  })
})
