import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import request from 'supertest'
import { siteKey } from '../support/service.ts'
import { openPaper, type Paper, read, signIn } from './paper.ts'

let paper: Paper
before(async () => {
  paper = await openPaper()
})
after(() => paper.close())

let counted = 0
function someone(): string {
  counted += 1
  return `reader-${counted}@example.com`
}

async function signedIn(email = someone(), nth = 1) {
  const browser = paper.browser()
  await signIn(paper, browser, email, nth)
  return browser
}

describe('sessions', () => {
  it('are listed with device, begin and last visit, and the present one is marked', async () => {
    const browser = await signedIn()
    const { body } = await browser.get('/v1/reader/sessions').expect(200)
    assert.deepEqual(
      body.sessions.map(({ id: _id, ...session }: { id: string }) => session),
      [
        {
          device: { browser: 'Firefox', system: 'Linux' },
          startedAt: '2026-11-24T07:00:00-05:00',
          seenAt: '2026-11-24T07:00:00-05:00',
          current: true,
        },
      ],
    )
    const anonymous = await paper.browser().get('/v1/reader/sessions').expect(200)
    assert.deepEqual(anonymous.body.sessions, [])
  })

  it('are ended from another device, at once for all but opening articles', async () => {
    const email = someone()
    const [desk, phone] = [await signedIn(email), await signedIn(email, 2)]
    const { body } = await desk.get('/v1/reader/sessions').expect(200)
    const other = body.sessions.find(({ current }: { current: boolean }) => !current)
    await desk.delete(`/v1/reader/sessions/${other.id}`).expect(204)
    await desk.delete(`/v1/reader/sessions/${other.id}`).expect(204)
    assert.equal((await phone.get('/v1/reader')).body.reader.registered, false)
    assert.equal((await desk.get('/v1/reader')).body.reader.registered, true)
  })

  it('are nobody else’s to end', async () => {
    const browser = await signedIn()
    const { body } = await browser.get('/v1/reader/sessions')
    await (await signedIn()).delete(`/v1/reader/sessions/${body.sessions[0].id}`).expect(204)
    await paper.browser().delete(`/v1/reader/sessions/${body.sessions[0].id}`).expect(404)
    assert.equal((await browser.get('/v1/reader')).body.reader.registered, true)
  })

  it('say by which address the reader is signed in', async () => {
    const email = someone()
    const { body } = await (await signedIn(email)).get('/v1/reader').expect(200)
    assert.equal(body.reader.email, email)
  })
})

describe('everything held about a reader', () => {
  it('is theirs to have: account, sessions, and what was read as times, without the articles', async () => {
    const email = someone()
    const browser = await signedIn(email)
    await read(browser, 'a-secret-article')
    const { body, text, headers } = await browser.get('/v1/reader/export').expect(200)
    assert.match(String(headers['content-disposition']), /attachment/)
    const [account, anonymous] = body.readers
    assert.equal(account.account.account.email, email)
    assert.equal(account.account.sessions.length, 1)
    assert.deepEqual(account.views, [{ what: 'article', meter: 'default', at: '2026-11-24T07:00:00-05:00' }])
    assert.deepEqual(account.gifts, { made: [], opened: [] })
    assert.deepEqual(account.purchases.attempts, [])
    assert.deepEqual(anonymous.views, [])
    assert.doesNotMatch(text, /secret-article/)
  })

  it('is deleted when they ask: views, account, sessions, and the browser forgets who it was', async () => {
    const email = someone()
    const browser = await signedIn(email)
    const other = await signedIn(email, 2)
    await read(browser, 'A')
    const gone = await browser.delete('/v1/reader').expect(204)
    assert.match(String(gone.headers['set-cookie']), /newsrack_reader=;.*Max-Age=0/)
    assert.equal((await other.get('/v1/reader')).body.reader.registered, false)
    const again = await signedIn(email, 3)
    const { body } = await again.get('/v1/reader')
    assert.equal(body.meters[0].used, 0)
  })

  it('is deleted of an anonymous reader, too, as often as they ask', async () => {
    const browser = paper.browser()
    await read(browser, 'A')
    await browser.delete('/v1/reader').expect(204)
    await browser.delete('/v1/reader').expect(204)
    assert.equal((await browser.get('/v1/reader')).body.meters[0].used, 0)
  })

  it('is not deleted for a page of another origin', async () => {
    const browser = await signedIn()
    await browser.delete('/v1/reader').set('Origin', 'https://evil.example').expect(403)
    await browser.get('/v1/reader/export').set('Origin', 'https://evil.example').expect(403)
    assert.equal((await browser.get('/v1/reader')).body.reader.registered, true)
  })

  it('may be asked for and deleted by the publisher’s server for a reader it names', async () => {
    const server = () => ({ Authorization: `Bearer ${siteKey}` })
    const view = { article: { id: 'A' }, reader: { id: 'reader-42', registered: true } }
    await request(paper.url).post('/v1/views').set(server()).send(view).expect(200)
    const held = async () => {
      const { body } = await request(paper.url)
        .get('/v1/reader/export')
        .query({ reader: 'reader-42' })
        .set(server())
        .expect(200)
      return body.readers[0].views.length
    }
    assert.equal(await held(), 1)
    await request(paper.url).delete('/v1/reader').query({ reader: 'reader-42' }).set(server()).expect(204)
    assert.equal(await held(), 0)
    await request(paper.url).delete('/v1/reader').set(server()).expect(400)
    await paper.browser().delete('/v1/reader').query({ reader: 'reader-42' }).expect(403)
  })
})
