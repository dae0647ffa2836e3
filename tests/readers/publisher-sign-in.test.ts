import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { SignJWT } from 'jose'
import request from 'supertest'
import { siteKey } from '../support/service.ts'
import { openPaper, type Paper, read } from './paper.ts'

const secret = 'a shared secret of thirty-two characters'.replaceAll(' ', '-')
const issuer = 'https://accounts.example.com'

let paper: Paper
before(async () => {
  paper = await openPaper({
    site: `, publisherSignIn: { algorithm: HS256, issuer: '${issuer}', audience: newsrack }`,
    environment: { SIGN_IN_SECRETS: `demo:${secret}` },
  })
})
after(() => paper.close())

function tokenOf(sub: string): Promise<string> {
  return new SignJWT({ sub })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(issuer)
    .setAudience('newsrack')
    .setExpirationTime(paper.clock.now / 1000 + 300)
    .sign(new TextEncoder().encode(secret))
}

async function signedIn(browser: ReturnType<Paper['browser']>, sub: string) {
  const { body } = await browser
    .post('/v1/sign-in/publisher')
    .send({ token: await tokenOf(sub) })
    .expect(200)
  return body.reader
}

describe('signing in by the publisher’s own token', () => {
  it('makes the browser the reader whom the publisher’s server names', async () => {
    const view = { article: { id: 'A' }, reader: { id: 'reader-1', registered: true } }
    await request(paper.url)
      .post('/v1/views')
      .set('Authorization', `Bearer ${siteKey}`)
      .send(view)
      .expect(200)
    const browser = paper.browser()
    await read(browser, 'B')
    assert.equal((await signedIn(browser, 'reader-1')).registered, true)
    const { meter, reason } = await read(browser, 'A')
    assert.deepEqual([reason, meter.used, meter.limit], ['reread', 2, 4])
  })

  it('changes nothing when it is repeated on every page: one session, one count', async () => {
    const browser = paper.browser()
    await read(browser, 'A')
    const readers = [await signedIn(browser, 'reader-2'), await signedIn(browser, 'reader-2')]
    assert.deepEqual(readers[0], readers[1])
    const { body } = await browser.get('/v1/reader/sessions').expect(200)
    assert.equal(body.sessions.length, 1)
    assert.equal((await browser.get('/v1/reader')).body.meters[0].used, 1)
  })

  it('ends the session of another reader in the same browser, and gives them nothing of each other', async () => {
    const browser = paper.browser()
    await read(browser, 'A')
    await signedIn(browser, 'reader-3')
    paper.clock.now += 1000
    await signedIn(browser, 'reader-4')
    assert.equal((await browser.get('/v1/reader')).body.meters[0].used, 0)
    const other = paper.browser()
    await signedIn(other, 'reader-3')
    const { body } = await other.get('/v1/reader/sessions').expect(200)
    assert.equal(body.sessions.length, 1)
  })

  it('is for clients without cookies too: the new token is in the header', async () => {
    const answer = await request(paper.url)
      .post('/v1/sign-in/publisher')
      .send({ token: await tokenOf('reader-5') })
      .expect(200)
    const bearer = `Bearer ${answer.headers['newsrack-reader']}`
    const { body } = await request(paper.url).get('/v1/reader').set('Authorization', bearer).expect(200)
    assert.equal(body.reader.registered, true)
  })

  it('says which check a token has failed', async () => {
    const { body } = await paper
      .browser()
      .post('/v1/sign-in/publisher')
      .send({ token: `${await tokenOf('reader-6')}x` })
      .expect(401)
    assert.equal(body.code, 'sign_in_token_refused')
    assert.match(body.detail, /signature/)
  })

  it('takes no page of another origin for the site’s', async () => {
    const token = await tokenOf('reader-7')
    await paper
      .browser()
      .post('/v1/sign-in/publisher')
      .set('Origin', 'https://evil.example')
      .send({ token })
      .expect(403)
  })
})

it('a site that signs with a secret does not start without one', async () => {
  await assert.rejects(
    openPaper({ site: `, publisherSignIn: { algorithm: HS256, issuer: a, audience: b }` }),
    /SIGN_IN_SECRETS: expected a secret for demo/,
  )
})
