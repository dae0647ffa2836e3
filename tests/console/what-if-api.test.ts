import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type Service, startService } from '../support/service.ts'
import { adminAt, type Browser } from './desk.ts'

describe('what if?', () => {
  let service: Service
  let admin: Browser
  let draft: string

  before(async () => {
    service = await startService()
    admin = await adminAt(service)
    const { body } = await admin.post('drafts', { title: 'Three free articles' }).expect(201)
    draft = body.id
    const meters = await admin.get(`drafts/${draft}/entries?kind=meters`).expect(200)
    const [{ key, etag, entry }] = meters.body.entries
    const limit = { anonymous: 2, registered: 2 }
    await admin.put(`drafts/${draft}/entries/meters/${key}`, { entry: { ...entry, limit }, etag }).expect(200)
  })
  after(() => service.stop())

  function logLine(minute: number, path: string, agent = 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0') {
    const time = `17/May/2015:10:${String(minute).padStart(2, '0')}:03 +0000`
    return `10.0.0.1 - - [${time}] "GET ${path} HTTP/1.1" 200 5000 "-" "${agent}"`
  }

  async function tryLog(lines: readonly string[], query = `draft=${draft}`) {
    return admin
      .post(`what-if/log?${query}`)
      .set('Content-Type', 'text/plain')
      .send(lines.join('\n'))
      .buffer(true)
      .parse((response, done) => {
        let text = ''
        response.on('data', (chunk) => {
          text += chunk
        })
        response.on('end', () => done(null, text))
      })
  }

  it('tells of an uploaded log whom the draft would have stopped', async () => {
    const pages = ['/world/a', '/world/b', '/world/c', '/sport/d']
    const lines = pages.map((path, minute) => logLine(minute, path))
    const answer = await tryLog([...lines, logLine(9, '/world/a', 'Googlebot/2.1')])
    assert.equal(answer.status, 200)
    const said = String(answer.body)
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    assert.deepEqual(said[0], { done: 0 })
    const { result } = said.at(-1)
    assert.equal(result.visits, 4)
    assert.deepEqual(
      [result.total.before, result.total.after].map(({ views, stops }) => [views, stops]),
      [
        [4, 0],
        [2, 2],
      ],
    )
    assert.deepEqual(result.sections.map(({ section }: { section: string }) => section).sort(), [
      'sport',
      'world',
    ])
  })

  it('says what is wrong with the question', async () => {
    assert.equal((await tryLog([], 'draft=nothing')).status, 404)
    const answer = await tryLog([], `draft=${draft}&days=99`)
    assert.equal(answer.status, 400)
    assert.match(String(answer.body), /days.*1 to 35/)
  })
})
