import assert from 'node:assert/strict'
import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { after, before, it } from 'node:test'
import { runReplay } from '../../src/replay/run-replay.ts'
import { importKey, type Service, startService } from '../support/service.ts'
import { logLine } from './log-line.ts'

let service: Service
before(async () => {
  service = await startService()
})
after(() => service.stop())

it('--why explains the first view that met each reason, as it was before it was counted', async () => {
  const paths = ['/a', '/a', '/b', '/c', '/d', '/e', '/f']
  const log = paths
    .map((path) => `${logLine({ time: '10/Nov/2026:10:00:00 +0000', request: `GET ${path} HTTP/1.1` })}\n`)
    .join('')
  const [output, errors] = [new PassThrough(), new PassThrough()]
  const argv = ['-', '--url', service.url, '--key', importKey, '--why']
  const code = await runReplay({
    argv,
    env: {},
    input: Readable.from([Buffer.from(log)]),
    output,
    errors,
    now: Date.now,
  })
  output.end()
  assert.equal(code, 0, String(errors.read()))
  const said = await text(output)
  assert.match(said, /^metered, first for \/a /m)
  assert.match(
    said,
    /→ meter: The article is open; used 0 of 5 \(anonymous readers, meter default, window month\)/,
  )
  assert.match(said, /^reread, first for \/a /m)
  assert.match(said, /^meter_stop, first for \/f /m)
  assert.match(said, /→ meter: The article is refused: no free view is left; used 5 of 5/)
  assert.match(said, /→ offer 25c-for-5-months: Runs, and is the first by priority\./)
  assert.match(said, /^Views +5/m)
})
