import { type Browser, launch } from 'puppeteer-core'
import { firefoxPath } from './firefox-path.ts'

/** A headless Firefox for a test, which closes it: a stock one, over WebDriver BiDi. */
export async function openFirefox(): Promise<Browser> {
  const executablePath = firefoxPath()
  if (executablePath === null)
    throw new Error('There is no Firefox: install one, or name it in FIREFOX_PATH.')
  return await launch({ browser: 'firefox', executablePath, headless: true })
}
