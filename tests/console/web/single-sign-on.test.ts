import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { startIdentityProvider } from '../identity-provider.ts'
import { newPage, openOffice, type Room } from './room.ts'

let provider: Awaited<ReturnType<typeof startIdentityProvider>>
let room: Room
before(async () => {
  provider = await startIdentityProvider({
    dora: { email: 'dora@example.com', email_verified: true, name: 'Dora', groups: ['marketing'] },
    emil: { email: 'emil@example.com', email_verified: true, name: 'Emil', groups: ['staff'] },
  })
  room = await openOffice({
    environment: { ...provider.environment, OIDC_ROLES: 'marketing:publisher' },
  })
  await provider.serve(room.service.url)
})
after(async () => {
  await room.close()
  await provider.stop()
})

/** At the sign-in page, by its button, and at the provider as this somebody. */
async function comeInAs(login: string): Promise<Page> {
  const page = await newPage(room.chromium)
  await page.goto(`${room.service.url}/console`)
  await page.getByRole('link', { name: 'Sign in with your organisation' }).click()
  await page.locator('input[name=login]').fill(login)
  await page.locator('input[name=password]').fill('any')
  await page.getByRole('button', { name: 'Sign-in' }).click()
  await page.getByRole('button', { name: 'Continue' }).click()
  return page
}

describe('the button of the organisation’s sign-in', () => {
  it('leads to the provider and back into the console, with the role of one’s group', async () => {
    const page = await comeInAs('dora')
    await page.getByRole('heading', { name: 'Figures' }).waitFor()
    await page.getByRole('link', { name: 'My account' }).click()
    await page.getByText('Dora, dora@example.com. Role: publisher.').waitFor()
    await page.reload()
    await page.getByText('Dora, dora@example.com. Role: publisher.').waitFor()
  })

  it('says in words to whom nobody has let in that they are to ask an admin', async () => {
    const page = await comeInAs('emil')
    await page.getByText('Your organisation knows you, but you may not work here.').waitFor()
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  })

  it('says so to whoever turns back at the provider', async () => {
    const page = await newPage(room.chromium)
    await page.goto(`${room.service.url}/console`)
    await page.getByRole('link', { name: 'Sign in with your organisation' }).click()
    await page.getByRole('link', { name: /Cancel/ }).click()
    await page.getByText('Signing in with your organisation did not work.').waitFor()
  })
})
