import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { type Browser, invitedAt, password } from '../desk.ts'
import { newPage, openOffice, type Room, signedIn, signIn } from './room.ts'

const newWords = 'a lantern over the harbor wall'

let room: Room & { ann: Browser }
let page: Page
before(async () => {
  room = await openOffice()
  await invitedAt(room.service, room.ann, { name: 'Ben', role: 'editor' })
  page = await signedIn(room, { email: 'ben@example.com' })
  await page.getByRole('link', { name: 'My account' }).click()
})
after(() => room.close())

const sessions = () => page.getByRole('listitem').filter({ hasText: 'last seen' })

describe('my account', () => {
  it('lists where I am signed in, and which one this is', async () => {
    await page.getByText('Ben, ben@example.com. Role: editor.').waitFor()
    // The other one is the browser in which the invitation was accepted.
    await sessions().nth(1).waitFor()
    assert.equal(await sessions().count(), 2)
    assert.equal(await sessions().filter({ hasText: 'this one' }).count(), 1)
    await sessions().filter({ hasText: 'this one' }).getByText('Chrome on Linux').waitFor()
  })

  it('signs me out in another browser, which says so', async () => {
    const other = await signedIn(room, { email: 'ben@example.com' })
    await page.reload()
    const others = sessions().filter({ hasText: 'Chrome' }).filter({ hasNotText: 'this one' })
    await others.getByRole('button', { name: 'Sign out there' }).click()
    await others.waitFor({ state: 'detached' })
    await other.getByRole('link', { name: 'Drafts' }).click()
    await other.getByText('Your session has ended.').waitFor()
    await page.getByRole('link', { name: 'Drafts' }).click()
    await page.getByRole('heading', { name: 'Nothing is being written' }).waitFor()
  })

  it('changes my password only for who knows the present one', async () => {
    await page.getByRole('link', { name: 'My account' }).click()
    await page.getByLabel('Present password').fill('not the password')
    await page.getByLabel('New password').fill(newWords)
    await page.getByRole('button', { name: 'Change it' }).click()
    await page.getByText('Expected your present password.').waitFor()
  })

  it('changes it, ends all my other sessions and goes on here', async () => {
    const other = await signedIn(room, { email: 'ben@example.com' })
    await page.getByLabel('Present password').fill(password)
    await page.getByRole('button', { name: 'Change it' }).click()
    await page.getByText('The password is changed. All other sessions have ended.').waitFor()
    await sessions().nth(1).waitFor({ state: 'detached' })
    await sessions().getByText('this one').waitFor()
    await other.getByRole('link', { name: 'Drafts' }).click()
    await other.getByText('Your session has ended.').waitFor()
  })

  it('lets me in by the new password, and by the old one no more', async () => {
    const fresh = await newPage(room.chromium)
    await fresh.goto(`${room.service.url}/console`)
    await fresh.getByLabel('E-mail address').fill('ben@example.com')
    await fresh.getByLabel('Password', { exact: true }).fill(password)
    await fresh.getByRole('button', { name: 'Sign in', exact: true }).click()
    await fresh.getByText('E-mail address and password do not fit.').waitFor()
    await signIn(fresh, 'ben@example.com', newWords)
  })
})
