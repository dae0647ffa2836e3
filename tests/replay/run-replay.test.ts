import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { after, before, describe, it } from 'node:test'
import { gzipSync } from 'node:zlib'
import { runReplay } from '../../src/replay/run-replay.ts'
import { startFakeService } from './fake-service.ts'
import { logLine } from './log-line.ts'

const log = `${['/a', '/b', '/c', '/a'].map((path) => logLine({ request: `GET ${path} HTTP/1.1` })).join('\n')}\n`

// The same log through the xz tool, which Node has no counterpart of.
const logAsXz = Buffer.from(
  [
    '/Td6WFoAAATm1rRGAgAhAQwAAACPmEGc4AGvAHNdABiOQoh0t0nuvTpvvOHAwsa/GgyfbO93adQnvffSdSWGVHkipTCwxVEQKn1q',
    'F9xhIP4BypwgZd3p5VioMiwjvP2JjsJE6dKMu5icnNHanmpiNZjIQxsHzzA32P0csO8Q9WTHdpNLsZLbbN9Ax2ymvL7cYgAAAOFT',
    'cz2CVzAJAAGPAbADAACjq+cOscRn+wIAAAAABFla',
  ].join(''),
  'base64',
)

let directory: string
let service: Awaited<ReturnType<typeof startFakeService>>

before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'newsrack-replay-'))
  service = await startFakeService()
  await writeFile(join(directory, 'access.log'), log)
  await writeFile(join(directory, 'access.log.gz'), gzipSync(log))
  await writeFile(join(directory, 'access.log.xz'), logAsXz)
})

after(async () => {
  await service.stop()
  await rm(directory, { recursive: true })
})

async function run({
  args,
  env = {},
  input = '',
  terminal = false,
  now = () => 0,
}: {
  args: string[]
  env?: Record<string, string>
  input?: string
  terminal?: boolean
  now?: () => number
}) {
  const output = new PassThrough()
  const errors = Object.assign(new PassThrough(), { isTTY: terminal })
  const exitCode = await runReplay({
    argv: args,
    env: { DATA_DIR: directory, ...env },
    input: Readable.from([Buffer.from(input)]),
    output,
    errors,
    now,
  })
  output.end()
  errors.end()
  return { exitCode, output: await text(output), errors: await text(errors) }
}

function pathOf(name: string) {
  return join(directory, name)
}

function toService(...args: string[]) {
  return [...args, '--url', service.url, '--key', 'import-key']
}

describe('the replay command', () => {
  it('reads a plain, a gzip and an xz log and standard input alike', async () => {
    for (const path of [pathOf('access.log'), pathOf('access.log.gz'), pathOf('access.log.xz'), '-']) {
      const own = await startFakeService()
      const args = [path, '--url', own.url, '--key', 'import-key', '--json']
      const { exitCode, output } = await run({ args, input: path === '-' ? log : '' })
      await own.stop()
      const { lines, views, stops, rereads } = JSON.parse(output)
      assert.deepEqual(
        { exitCode, lines, views, stops, rereads },
        { exitCode: 0, lines: 4, views: 2, stops: 1, rereads: 1 },
      )
    }
  })

  it('prints what the meter would have done as tables', async () => {
    const own = await startFakeService()
    const args = ['-', '--url', own.url, '--key', 'import-key']
    const { output } = await run({ args, input: `${log}\u001b[2J junk\n` })
    await own.stop()
    assert.match(output, /^Lines +5$/m)
    assert.match(output, /^Readers seen +1$/m)
    assert.match(output, /^Stop rate +100\.0%$/m)
    assert.match(output, /^Stops +1 +meter_stop$/m)
    assert.match(output, /^2026-11-24 +1 +1 +2 +1 +1 +1$/m)
    assert.match(output, /First unreadable line, number 5:\n {2}\ufffd\[2J junk/)
    assert.match(output, /4 requests in 0\.0 s/)
  })

  it('takes the key of the site from the settings, or what a development server left', async () => {
    const siteKeys = 'other:x:import,demo:plain,demo:import-key:import'
    const args = [pathOf('access.log'), '--url', service.url]
    assert.equal((await run({ args, env: { SITE_KEYS: siteKeys } })).exitCode, 0)
    await writeFile(pathOf('secrets.json'), JSON.stringify({ newsrackSecret: 's', importKey: 'import-key' }))
    assert.equal((await run({ args })).exitCode, 0)
    await rm(pathOf('secrets.json'))
  })

  it('shows a bar on a terminal, and now and then a line elsewhere', async () => {
    assert.match((await run({ args: toService(pathOf('access.log')), terminal: true })).errors, /of 4 lines/)
    let clockMs = 0
    const now = () => {
      clockMs += 2_000
      return clockMs
    }
    assert.match((await run({ args: toService(pathOf('access.log')), now })).errors, /^2 of 4 lines$/m)
    assert.match((await run({ args: toService('-'), input: log, now })).errors, /^2 lines$/m)
    assert.equal((await run({ args: toService(pathOf('access.log')) })).errors, '')
  })

  const wrongUse = [
    [[], /^Name the access log/],
    [['a', 'b'], /^One log at a time/],
    [['a', '--nonsense'], /^Unknown option '--nonsense'\.\nUsage/],
    [['a', '--url', 'localhost:3000'], /^--url needs an http or https address/],
    [['a', '--key', ''], /^--key needs a site key/],
    [['a', '--site', ''], /^--site needs the id/],
  ] as const
  for (const [args, message] of wrongUse) {
    it(`explains itself when called with ${JSON.stringify(args)}`, async () => {
      const { exitCode, errors, output } = await run({ args: [...args] })
      assert.deepEqual({ exitCode, output }, { exitCode: 2, output: '' })
      assert.match(errors, message)
    })
  }

  it('says how to get a key when there is none', async () => {
    const { exitCode, errors } = await run({ args: ['a'], env: { SITE_KEYS: 'demo:plain' } })
    assert.equal(exitCode, 2)
    assert.match(errors, /^No site key that may import for demo: .*--key.*SITE_KEYS=demo:<key>:import.*\n$/)
  })

  it('says which file is missing, or damaged, before anything is sent', async () => {
    const sentBefore = service.seen.length
    const missing = await run({ args: toService(pathOf('missing.log')) })
    assert.deepEqual(missing, {
      exitCode: 2,
      output: '',
      errors: `There is no file ${pathOf('missing.log')}.\n`,
    })
    const damaged = {
      'cut.gz': gzipSync(log).subarray(0, 60),
      'cut.xz': logAsXz.subarray(0, 60),
      'bad.xz': 'text',
    }
    for (const [name, bytes] of Object.entries(damaged)) {
      await writeFile(pathOf(name), bytes)
      const { exitCode, errors } = await run({ args: toService(pathOf(name)) })
      assert.equal(exitCode, 2)
      assert.ok(errors.startsWith(`Cannot read ${pathOf(name)}, is it whole`), errors)
    }
    assert.equal(service.seen.length, sentBefore)
  })

  it('stops with a sentence at a key that the service refuses', async () => {
    const { exitCode, errors } = await run({
      args: [pathOf('access.log'), '--url', service.url, '--key', 'wrong'],
    })
    assert.equal(exitCode, 2)
    assert.match(
      errors,
      /refused the site key \(401 unauthorized Unknown site key\.\).*may import for demo\.\n$/,
    )
  })

  it('stops with a sentence when the service cannot be reached', async () => {
    const gone = await startFakeService()
    await gone.stop()
    const { exitCode, errors } = await run({ args: [pathOf('access.log'), '--url', gone.url, '--key', 'k'] })
    assert.equal(exitCode, 2)
    assert.equal(errors, `Cannot reach the service at ${gone.url} (ECONNREFUSED): is it running?\n`)
  })

  it('stops with a sentence when the service goes away in the middle', async () => {
    const going = await startFakeService({
      before: async ({ article }) => {
        if (article.id === '/c') await going.stop()
      },
    })
    const { exitCode, errors } = await run({
      args: [pathOf('access.log'), '--url', going.url, '--key', 'import-key'],
    })
    assert.equal(exitCode, 2)
    assert.match(errors, /^Cannot reach the service at .*\n$/)
    assert.deepEqual(
      going.seen.map(({ article }) => article.id),
      ['/a', '/b', '/c'],
    )
  })

  it('counts answers that are no decision, and goes on', async () => {
    const { exitCode, output } = await run({
      args: toService('-'),
      input: logLine({ request: 'GET /broken' }),
    })
    assert.equal(exitCode, 0)
    assert.match(
      output,
      /^Not answered with a decision\n {2}invalid_article {2}1 {2}422 invalid_article Not here\.$/m,
    )
  })
})
