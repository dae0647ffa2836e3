import type { Browser, BrowserContext, Page } from 'playwright-core'
import { openBrowser } from '../../support/browser.ts'
import { type Service, type ServiceOptions, startService } from '../../support/service.ts'
import { adminAt, type Browser as Desk, firstAdminToken, password } from '../desk.ts'

/** A whole service with a Chromium before it, and the first admin's way into the API. */
export async function openRoom(options: ServiceOptions = {}) {
  const service = await startService(options)
  const chromium = await openBrowser()
  return {
    service,
    chromium,
    async close() {
      await chromium.close()
      await service.stop()
    },
  }
}

export type Room = Awaited<ReturnType<typeof openRoom>>

/** A room in which Ann is the first admin already. */
export async function openOffice(options: ServiceOptions = {}): Promise<Room & { ann: Desk }> {
  const room = await openRoom(options)
  return { ...room, ann: await adminAt(room.service) }
}

type Look = { colorScheme?: 'light' | 'dark'; viewport?: { width: number; height: number } }

/** Somebody's browser with the console in it, signed in at its form. */
export async function signedIn(
  { service, chromium }: { service: Service; chromium: Browser },
  { email = 'ann@example.com', ...look }: Look & { email?: string } = {},
): Promise<Page> {
  const page = await newPage(chromium, look)
  await page.goto(`${service.url}/console`)
  await signIn(page, email)
  return page
}

export async function signIn(page: Page, email: string, words = password): Promise<void> {
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(words)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('heading', { name: 'Figures' }).waitFor()
}

export async function newPage(chromium: Browser, look: Look = {}): Promise<Page> {
  const context: BrowserContext = await chromium.newContext({
    viewport: { width: 1360, height: 900 },
    ...look,
  })
  return context.newPage()
}

/** The page by which the first admin is made. */
export async function setUpAddress(service: Service): Promise<string> {
  return `${service.url}/console/set-up#${await firstAdminToken(service)}`
}

/** The wall in the preview, as readers will meet it. */
export function previewed(page: Page) {
  return page.frameLocator('iframe[title="What the reader meets"]').locator('newsrack-wall')
}
