import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { mailedToken, password } from '../desk.ts'
import { newPage, openRoom, type Room, setUpAddress, signIn } from './room.ts'

let room: Room
let page: Page
before(async () => {
  room = await openRoom()
  page = await newPage(room.chromium)
})
after(() => room.close())

describe('coming into the console', () => {
  it('tells a fresh installation where its first admin is made', async () => {
    await page.goto(`${room.service.url}/console`)
    await page.getByText('The service printed a link when it started').waitFor()
  })

  it('makes the first admin by the printed link', async () => {
    await page.goto(await setUpAddress(room.service))
    await page.getByLabel('Your name').fill('Ann')
    await page.getByLabel('E-mail address').fill('ann@example.com')
    await page.getByLabel('Password').fill('too short')
    await page.getByRole('button', { name: 'Begin' }).click()
    await page.getByText('Expected at least 12 characters.').waitFor()
    await page.getByLabel('Password').fill(password)
    await page.getByRole('button', { name: 'Begin' }).click()
    await page.getByRole('heading', { name: 'Figures' }).waitFor()
  })

  it('signs out, refuses a wrong password with words, and signs in again', async () => {
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByLabel('E-mail address').fill('ann@example.com')
    await page.getByLabel('Password', { exact: true }).fill('not the password')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText('E-mail address and password do not fit.').waitFor()
    await signIn(page, 'ann@example.com')
  })

  it('leads an invited person from the mail to a password and in', async () => {
    await page.getByRole('link', { name: 'People' }).click()
    await page.getByRole('button', { name: 'Invite somebody' }).click()
    await page.getByLabel('Name').fill('Ben')
    await page.getByLabel('E-mail address').fill('ben@example.com')
    await page.getByRole('radio', { name: 'viewer' }).check()
    await page.getByRole('button', { name: 'Invite', exact: true }).click()
    await page.getByText('A mail to ben@example.com is on its way.').waitFor()

    const other = await newPage(room.chromium)
    const token = await mailedToken(room.service, 'ben@example.com')
    await other.goto(`${room.service.url}/console/invitation#${token}`)
    await other.getByText('Ben, choose a password to begin.').waitFor()
    await other.getByLabel('New password').fill(password)
    await other.getByRole('button', { name: 'Begin' }).click()
    await other.getByRole('link', { name: 'Drafts' }).click()
    await other.getByRole('heading', { name: 'Nothing is being written' }).waitFor()
    assert.equal(await other.getByRole('button', { name: 'New draft' }).count(), 0, 'a viewer writes nothing')
  })

  it('mails a link to whoever has forgotten their password, and never says who is known', async () => {
    const other = await newPage(room.chromium)
    await other.goto(`${room.service.url}/console`)
    await other.getByRole('link', { name: 'Forgotten your password?' }).click()
    await other.getByLabel('E-mail address').fill('nobody@example.com')
    await other.getByRole('button', { name: 'Mail me a link' }).click()
    await other.getByText('If nobody@example.com may work here, a mail is on its way.').waitFor()
  })

  it('says of a link that is used up how to get another one', async () => {
    const other = await newPage(room.chromium)
    await other.goto(`${room.service.url}/console/invitation#${'x'.repeat(43)}`)
    await other.getByText('Ask for a new one').waitFor()
  })
})
