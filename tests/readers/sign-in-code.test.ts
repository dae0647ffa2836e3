import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import request from 'supertest'
import { type Browser, minuteMs, openPaper, type Paper, pressButton, read } from './paper.ts'

const origin = 'https://www.example.com'

let paper: Paper
before(async () => {
  paper = await openPaper({ site: `, url: ${origin}, origins: [https://m.example.com]` })
})
after(() => paper.close())

/** A page of the foreign domain: it keeps its token itself. */
function aPage() {
  let token: string | null = null
  async function send(path: string, body: object, from = origin) {
    const call = request(paper.url).post(path).set('Origin', from)
    if (token !== null) call.set('Authorization', `Bearer ${token}`)
    const response = await call.send(body)
    token = response.headers['newsrack-reader'] ?? token
    return response
  }
  return {
    send,
    read: async (id: string) => (await send('/v1/views', { article: { id } })).body,
    exchange: (code: string, from?: string) => send('/v1/sign-in/exchange', { code }, from),
  }
}

let counted = 0
/** Has a link mailed for a page, opens it on the service's own domain, and answers with the code it leads back with. */
async function codeFor(page: ReturnType<typeof aPage>, browser: Browser = paper.browser()): Promise<string> {
  counted += 1
  const email = `foreign-${counted}@example.com`
  await page.send('/v1/sign-in', { email, returnTo: '/harbor?page=2#comments' })
  const { headers } = await pressButton(browser, await paper.mailedLink(email)).expect(303)
  const [address, code] = String(headers.location).split('&newsrack=')
  assert.equal(address, `${origin}/harbor?page=2#comments`)
  return code ?? ''
}

describe('the code that a mailed link leads back with', () => {
  it('signs the page in, and what was read there follows the reader in', async () => {
    const page = aPage()
    await page.read('A')
    const { body } = await page.exchange(await codeFor(page))
    assert.equal(body.reader.registered, true)
    const answer = await page.read('B')
    assert.deepEqual([answer.meter.limit, answer.meter.used], [4, 2])
  })

  it('works once', async () => {
    const [page, another] = [aPage(), aPage()]
    const code = await codeFor(page)
    assert.equal((await page.exchange(code)).status, 200)
    const { status, body } = await another.exchange(code)
    assert.deepEqual([status, body.code], [401, 'sign_in_code_ended'])
  })

  it('works for a minute', async () => {
    const page = aPage()
    const code = await codeFor(page)
    paper.clock.now += minuteMs
    assert.equal((await page.exchange(code)).body.code, 'sign_in_code_ended')
  })

  it('works for pages of the origin that it led to, and is not used up by others', async () => {
    const page = aPage()
    const code = await codeFor(page)
    for (const other of ['https://m.example.com', 'https://evil.example'])
      assert.equal((await page.exchange(code, other)).body.code, 'sign_in_code_ended')
    await request(paper.url).post('/v1/sign-in/exchange').send({ code }).expect(401)
    assert.equal((await page.exchange(code)).status, 200)
  })

  it('takes nothing that a reader has read to the account of a stranger who sent it to them', async () => {
    const [stranger, victim] = [aPage(), aPage()]
    await victim.read('A')
    const code = await codeFor(stranger)
    assert.equal((await victim.exchange(code)).status, 200)
    assert.equal((await victim.read('B')).meter.used, 1)
  })

  it('leaves a reader signed in who is so already', async () => {
    const [stranger, reader] = [aPage(), aPage()]
    const { body } = await reader.exchange(await codeFor(reader))
    const again = await reader.exchange(await codeFor(stranger))
    assert.equal(again.body.reader.id, body.reader.id)
  })

  it('begins no second session: whoever ends it on the account ends it on the page', async () => {
    const [page, browser] = [aPage(), paper.browser()]
    await page.exchange(await codeFor(page, browser))
    const { body } = await browser.get('/v1/reader/sessions').expect(200)
    assert.equal(body.sessions.length, 1)
  })

  it('is no link, and a link is no code', async () => {
    const page = aPage()
    const code = await codeFor(page)
    const link = new URL(`${paper.url}/sign-in/confirm?token=${code}`)
    await pressButton(paper.browser(), link).expect(404)
    await page.send('/v1/sign-in', { email: 'link@example.com', returnTo: '/' })
    const token = (await paper.mailedLink('link@example.com')).searchParams.get('token') ?? ''
    assert.equal((await page.exchange(token)).body.code, 'sign_in_code_ended')
  })
})

describe('a page of the service’s own origin', () => {
  it('needs no code, for the cookie reaches it', async () => {
    const own = await openPaper()
    const browser = own.browser()
    await read(browser, 'A')
    await browser.post('/v1/sign-in').send({ email: 'own@example.com', returnTo: '/harbor' }).expect(202)
    const { headers } = await pressButton(browser, await own.mailedLink('own@example.com')).expect(303)
    await own.close()
    assert.equal(headers.location, `${own.url}/harbor`)
  })
})
