import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { after, before, describe, it } from 'node:test'
import request from 'supertest'
import { runCommand } from '../../src/command/run-command.ts'
import { type Service, startService } from '../support/service.ts'

let service: Service
let folder: string
before(async () => {
  service = await startService()
  folder = await mkdtemp(join(tmpdir(), 'newsrack-config-'))
})
after(async () => {
  await service.stop()
  await rm(folder, { recursive: true })
})

async function newsrack(...argv: string[]) {
  const [output, errors] = [new PassThrough(), new PassThrough()]
  const code = await runCommand({
    argv: ['config', '--dir', folder, '--url', service.url, ...argv],
    env: { DATA_DIR: service.dataDir },
    output,
    errors,
  })
  output.end()
  errors.end()
  return { code, said: await text(output), errors: await text(errors) }
}

async function replace(file: string, was: string, is: string) {
  const path = join(folder, file)
  const before = await readFile(path, 'utf8')
  assert.ok(before.includes(was), before)
  await writeFile(path, before.replace(was, is))
}

describe('newsrack config', () => {
  it('finds no difference to the files of a fresh installation, whose sale ends so many days after its first start', async () => {
    const { code, said } = await newsrack('diff', '--dir', 'config')
    assert.deepEqual([code, said], [0, 'The files of config say what version 1 says.\n'])
  })

  it('exports what is published as files that say the same', async () => {
    const { code, said } = await newsrack('export')
    assert.equal(code, 0)
    assert.match(said, /^Version 1 is in .*: sites\.yaml, meters\.yaml/)
    const { code: same, said: told } = await newsrack('diff')
    assert.deepEqual([same, /say what version 1 says/.test(told)], [0, true])
    const { said: nothing } = await newsrack('import')
    assert.match(nothing, /^Nothing to publish/)
  })

  it('tells what files would change, in plain words and with an exit code', async () => {
    await replace('plans.yaml', 'amount: 1999', 'amount: 1799')
    const { code, said } = await newsrack('diff')
    assert.equal(code, 1)
    assert.match(said, /regular price 19\.99 → 17\.99 USD/)
    assert.equal(
      (
        await request(service.url)
          .post('/v1/access')
          .send({ article: { id: 'a' } })
      ).body.configVersion,
      1,
    )
  })

  it('imports files as the next version', async () => {
    const { code, said } = await newsrack('import', '--why', 'Cheaper')
    assert.equal(code, 0)
    assert.match(said, /regular price 19\.99 → 17\.99 USD\n.*Published as version 2\.\n$/s)
    assert.equal(
      (
        await request(service.url)
          .post('/v1/access')
          .send({ article: { id: 'a' } })
      ).body.configVersion,
      2,
    )
  })

  it('leaves files as a draft for somebody to look at', async () => {
    await replace('meters.yaml', 'anonymous: 5', 'anonymous: 4')
    const { code, said } = await newsrack('import', '--draft')
    assert.equal(code, 0)
    assert.match(said, /free articles 5 → 4\n.*waits as the draft d_/s)
    assert.match((await newsrack('diff')).said, /Against version 2/)
  })

  it('exports an older version', async () => {
    await newsrack('export', '--version', '1')
    assert.match(await readFile(join(folder, 'plans.yaml'), 'utf8'), /amount: 1999/)
  })

  it('names file, line and field of what is wrong, and publishes nothing', async () => {
    await replace('plans.yaml', 'amount: 1999', 'amount: much')
    const { code, errors } = await newsrack('import')
    assert.equal(code, 2)
    assert.match(errors, /plans\.yaml:\d+: price\.amount: expected a whole number/)
  })

  it('says what is missing: the service, a key that may, a command', async () => {
    const unknown = await newsrack('export', '--key', 'nobody gave this out')
    assert.deepEqual([unknown.code, unknown.errors], [2, 'This bearer token is no key for the console.\n'])
    const away = await newsrack('export', '--url', 'http://127.0.0.1:9')
    assert.equal(away.code, 2)
    assert.match(away.errors, /^Newsrack does not answer at http:\/\/127\.0\.0\.1:9: /)
    const usage = await newsrack('explode')
    assert.match(usage.errors, /^Usage: newsrack config export \| import \| diff/)
  })
})
