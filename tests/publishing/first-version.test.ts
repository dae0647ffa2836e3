import assert from 'node:assert/strict'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, describe, it } from 'node:test'
import { firstVersion } from '../../src/publishing/first-version.ts'
import { openSqliteStores } from '../../src/stores/open.sqlite.ts'
import type { Stores } from '../../src/stores/stores.ts'
import { publishAnyway } from './examples.ts'

const day = 86_400_000
const firstStart = Date.UTC(2026, 10, 24, 12)
let directory: string
let stores: Stores

before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'newsrack-publish-'))
})
after(() => rm(directory, { recursive: true, force: true }))
beforeEach(async () => {
  await cp('config', directory, { recursive: true })
  stores = openSqliteStores(':memory:', Date.now)
})

const log = { error() {} }
const start = (now: number) => firstVersion({ directory, store: stores.versions, now, log })

async function saleEnd(now: number): Promise<string | undefined> {
  const { configuration } = await start(now)
  return configuration.offers.find(({ id }) => id === '25c-for-5-months')?.endsAt
}

describe('starting the service', () => {
  it('publishes the folder as version 1, and at the next start finds that nothing has changed', async () => {
    assert.equal((await start(firstStart)).version, 1)
    assert.equal((await start(firstStart + day)).version, 1)
  })

  it('lets the shipped sale end ten days after the first start, however often it is started', async () => {
    const end = new Date(firstStart + 10 * day).toISOString()
    for (const days of [0, 1, 5, 40]) assert.equal(await saleEnd(firstStart + days * day), end)
  })

  it('publishes changed files as the next version, and does not let the sale slide', async () => {
    await start(firstStart)
    const meters = await readFile(join(directory, 'meters.yaml'), 'utf8')
    await writeFile(join(directory, 'meters.yaml'), meters.replace('anonymous: 5', 'anonymous: 3'))
    const { version, configuration } = await start(firstStart + 3 * day)
    assert.equal(version, 2)
    assert.equal(configuration.meters[0]?.limit.anonymous, 3)
    assert.equal(await saleEnd(firstStart + 4 * day), new Date(firstStart + 10 * day).toISOString())
  })

  it('takes a changed comment for no change', async () => {
    await start(firstStart)
    const meters = await readFile(join(directory, 'meters.yaml'), 'utf8')
    await writeFile(join(directory, 'meters.yaml'), `# Five are enough.\n${meters}`)
    assert.equal((await start(firstStart)).version, 1)
  })

  it('agrees with other processes that start at once', async () => {
    const started = await Promise.all([1, 2, 3, 4].map((ms) => start(firstStart + ms)))
    assert.deepEqual(new Set(started.map(({ version }) => version)), new Set([1]))
  })

  it('leaves what was published in the console alone, whatever the files say meanwhile', async () => {
    const { configuration } = await start(firstStart)
    await publishAnyway(stores.versions, configuration)
    const meters = await readFile(join(directory, 'meters.yaml'), 'utf8')
    await writeFile(join(directory, 'meters.yaml'), meters.replace('anonymous: 5', 'anonymous: 3'))
    const { version, configuration: ruling } = await start(firstStart + day)
    assert.equal(version, 2)
    assert.equal(ruling.meters[0]?.limit.anonymous, 5)
  })

  it('starts with the last good version when the newest cannot be used', async () => {
    await start(firstStart)
    await publishAnyway(stores.versions, { sites: 'none' })
    assert.equal((await start(firstStart)).version, 1)
  })
})
