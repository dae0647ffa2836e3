import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { chromiumPath } from './chromium-path.ts'

/** A headless Chromium for a test, which closes it. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = chromiumPath()
  if (executablePath === null)
    throw new Error('There is no Chromium: install one, or name it in CHROMIUM_PATH.')
  return await chromium.launch({
    executablePath,
    args: [
      // Chromium's sandbox does not start as root, which containers usually are.
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      // The shared memory of a container is smaller than a page needs.
      '--disable-dev-shm-usage',
    ],
  })
}

/** Keeps what a page looks like as `<directory>/<name>.png`; does nothing where nobody asked for pictures. */
export async function saveScreenshot({
  page,
  name,
  directory = process.env.SCREENSHOTS,
}: {
  page: Page
  name: string
  directory?: string | undefined
}): Promise<void> {
  if (directory === undefined || directory === '') return
  await page.screenshot({ path: join(directory, `${name}.png`) })
}
