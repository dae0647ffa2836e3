import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { openBrowser, saveScreenshot } from './browser.ts'
import { chromiumPath } from './chromium-path.ts'

describe("a test's browser", () => {
  it('opens pages and keeps a picture where one is asked for', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'newsrack-screenshots-'))
    const browser = await openBrowser()
    try {
      const page = await browser.newPage({ viewport: { width: 390, height: 844 } })
      await page.setContent('<h1>The wall</h1>')
      assert.equal(await page.textContent('h1'), 'The wall')
      await saveScreenshot({ page, name: 'nobody-asked', directory: '' })
      await saveScreenshot({ page, name: 'wall', directory })
      assert.deepEqual(await readdir(directory), ['wall.png'])
      assert.equal((await readFile(join(directory, 'wall.png'))).subarray(1, 4).toString(), 'PNG')
    } finally {
      await browser.close()
      await rm(directory, { recursive: true })
    }
  })

  it('is the one the environment names, and none if that one is not there', () => {
    assert.equal(chromiumPath(process.execPath), process.execPath)
    assert.equal(chromiumPath('/no/such/chromium'), null)
  })
})
