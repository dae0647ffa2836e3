import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { minuteMs, openPaper, type Paper, pressButton, read, signIn } from './paper.ts'

let paper: Paper
before(async () => {
  paper = await openPaper({ site: ', languages: [de-DE, ar]' })
})
after(() => paper.close())

let counted = 0
function someone(): string {
  counted += 1
  return `reader-${counted}@example.com`
}

async function linkFor(email: string, browser = paper.browser(), more: object = {}): Promise<URL> {
  await browser
    .post('/v1/sign-in')
    .send({ email, ...more })
    .expect(202)
  return paper.mailedLink(email)
}

async function registered(browser: ReturnType<Paper['browser']>): Promise<boolean> {
  const { body } = await browser.get('/v1/reader').expect(200)
  return body.reader.registered
}

describe('signing in by mail', () => {
  it('mails a link, and signs in the browser that opens it and presses the button', async () => {
    const browser = paper.browser()
    const email = someone()
    const link = await linkFor(email, browser, { returnTo: '/2026/11/flood-aid' })
    const mail = await paper.mails.mailTo(email)
    assert.equal(mail.subject, 'Sign in to The Harbor Lantern')
    assert.match(String(mail.html), /Sign in/)
    await browser.get(link.pathname + link.search).expect(200, /Signing you in/)
    assert.equal(await registered(browser), false)
    const back = await pressButton(browser, link).expect(303)
    assert.equal(back.headers.location, `${paper.url}/2026/11/flood-aid`)
    assert.equal(await registered(browser), true)
  })

  it('is alike for an address with an account and for one without', async () => {
    const email = someone()
    await signIn(paper, paper.browser(), email)
    const known = await paper.browser().post('/v1/sign-in').send({ email }).expect(202)
    const unknown = await paper.browser().post('/v1/sign-in').send({ email: someone() }).expect(202)
    assert.deepEqual(known.body, unknown.body)
    assert.deepEqual(Object.keys(known.headers), Object.keys(unknown.headers))
  })

  it('answers alike when the mail server refuses the address', async () => {
    paper.mails.refuse('no such mailbox')
    await paper.browser().post('/v1/sign-in').send({ email: someone() }).expect(202, { sent: true })
    paper.mails.refuse(null)
  })

  it('is the same account in another browser, however the address is written', async () => {
    const [one, other] = [paper.browser(), paper.browser()]
    await signIn(paper, one, 'anna.reader@example.com')
    await other.post('/v1/sign-in').send({ email: ' Anna.Reader@EXAMPLE.com ' }).expect(202)
    await pressButton(other, await paper.mailedLink('anna.reader@example.com', 2)).expect(303)
    const ids = await Promise.all(
      [one, other].map(async (each) => (await each.get('/v1/reader')).body.reader.id),
    )
    assert.equal(ids[0], ids[1])
  })

  it('uses nothing up when a program opens the link', async () => {
    const browser = paper.browser()
    const link = await linkFor(someone(), browser)
    for (const _scan of [1, 2, 3])
      await paper
        .browser()
        .get(link.pathname + link.search)
        .expect(200)
    await paper
      .browser()
      .head(link.pathname + link.search)
      .expect(200)
    await pressButton(browser, link).expect(303)
  })

  it('asks in another browser before it signs in there, and says who will be signed in', async () => {
    const email = someone()
    const link = await linkFor(email)
    const phone = paper.browser()
    const page = await phone.get(link.pathname + link.search).expect(200)
    assert.match(page.text, /asked for in another browser/)
    assert.ok(page.text.includes(email))
    assert.doesNotMatch(page.text, /<script/)
    await pressButton(phone, link).expect(303)
    assert.equal(await registered(phone), true)
  })

  it('leaves the browser that asked as it was when the link is opened elsewhere', async () => {
    const asked = paper.browser()
    const link = await linkFor(someone(), asked)
    await pressButton(paper.browser(), link).expect(303)
    assert.equal(await registered(asked), false)
  })

  it('works once', async () => {
    const browser = paper.browser()
    const link = await linkFor(someone(), browser)
    await pressButton(browser, link).expect(303)
    await pressButton(browser, link).expect(404, /no longer works/)
    await pressButton(paper.browser(), link).expect(404)
    await browser.get(link.pathname + link.search).expect(404, /Get a new link/)
  })

  it('signs in one of two browsers that press the button at once', async () => {
    const link = await linkFor(someone())
    const browsers = [paper.browser(), paper.browser()]
    // Each has its cookie before the race.
    for (const browser of browsers) await browser.get(link.pathname + link.search)
    const answers = await Promise.all(browsers.map((browser) => pressButton(browser, link)))
    assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 404])
  })

  it('refuses the button when another site’s page presses it', async () => {
    const browser = paper.browser()
    const link = await linkFor(someone(), browser)
    const forged = { token: link.searchParams.get('token') }
    await browser
      .post('/sign-in/confirm')
      .set('Origin', 'https://evil.example')
      .type('form')
      .send(forged)
      .expect(403)
    await browser.post('/sign-in/confirm').type('form').send(forged).expect(403)
    assert.equal(await registered(browser), false)
  })

  it('refuses to lead anywhere but to the site', async () => {
    for (const returnTo of [
      'https://evil.example/',
      '//evil.example/',
      '/\\evil.example/',
      'javascript:alert(1)',
      `${paper.url}@evil.example/`,
    ]) {
      const { body } = await paper
        .browser()
        .post('/v1/sign-in')
        .send({ email: someone(), returnTo })
        .expect(400)
      assert.equal(body.errors[0].field, 'returnTo', returnTo)
      const page = await paper.browser().get('/sign-in').query({ returnTo }).expect(200)
      assert.doesNotMatch(page.text, /evil|alert/)
    }
  })

  it('mails the service’s own address, whatever host the request names', async () => {
    const email = someone()
    await paper
      .browser()
      .post('/v1/sign-in')
      .set('Host', 'evil.example')
      .set('X-Forwarded-Host', 'evil.example')
      .send({ email })
      .expect(202)
    assert.equal((await paper.mailedLink(email)).origin, paper.url)
  })

  it('names the field when the address is none', async () => {
    for (const email of [
      'reader',
      'reader@',
      'a b@example.com',
      'a@b@example.com',
      'a@example.com\nBcc: b@example.com',
    ]) {
      const { body } = await paper.browser().post('/v1/sign-in').send({ email }).expect(400)
      assert.deepEqual(body.errors, [
        { field: 'email', expected: 'an e-mail address such as reader@example.com' },
      ])
    }
  })

  it('speaks the language that the page speaks', async () => {
    const email = someone()
    const link = await linkFor(email, paper.browser(), { language: 'de-DE' })
    assert.equal((await paper.mails.mailTo(email)).subject, 'Anmelden bei The Harbor Lantern')
    await paper
      .browser()
      .get(link.pathname + link.search)
      .expect(200, /<html lang="de-DE" dir="ltr">[\s\S]*anderen Browser/)
    const arabic = await linkFor(someone(), paper.browser(), { language: 'ar' })
    await paper
      .browser()
      .get(arabic.pathname + arabic.search)
      .expect(200, /<html lang="ar" dir="rtl">/)
  })

  it('pesters nobody: six links an hour for one address, then it says how long to wait', async () => {
    const email = someone()
    for (const _time of [1, 2, 3, 4, 5, 6])
      await paper.browser().post('/v1/sign-in').send({ email }).expect(202)
    const refused = await paper.browser().post('/v1/sign-in').send({ email }).expect(429)
    assert.equal(refused.body.code, 'too_many_sign_ins')
    assert.ok(Number(refused.headers['retry-after']) > 0)
  })

  it('keeps what was read: three read anonymously of a registered limit of four leave one', async () => {
    const browser = paper.browser()
    for (const id of ['A', 'B']) assert.equal((await read(browser, id)).granted, true)
    assert.equal((await read(browser, 'C')).reason, 'meter_stop')
    await signIn(paper, browser, someone())
    const { meter } = await read(browser, 'C')
    assert.deepEqual([meter.used, meter.limit, meter.left], [3, 4, 1])
    assert.equal((await read(browser, 'A')).reason, 'reread')
  })

  it('opens articles that need an account', async () => {
    const browser = paper.browser()
    assert.equal((await read(browser, 'R', { class: 'registered' })).reason, 'registration_required')
    await signIn(paper, browser, someone())
    assert.equal((await read(browser, 'R', { class: 'registered' })).reason, 'metered')
  })
})

describe('signing out', () => {
  it('gives no second meter, however often a reader signs in and out', async () => {
    const browser = paper.browser()
    for (const id of ['A', 'B']) await read(browser, id)
    const email = someone()
    for (const nth of [1, 2]) {
      await signIn(paper, browser, email, nth)
      await browser.post('/v1/sign-out').expect(200)
      assert.equal(await registered(browser), false)
      assert.equal((await read(browser, 'C')).reason, 'meter_stop')
    }
  })

  it('gives the next person at the browser nothing of what the last one read', async () => {
    const browser = paper.browser()
    for (const id of ['A', 'B']) await read(browser, id)
    await signIn(paper, browser, someone())
    paper.clock.now += minuteMs
    await browser.post('/v1/sign-out').expect(200)
    await signIn(paper, browser, someone())
    const { body } = await browser.get('/v1/reader').expect(200)
    assert.equal(body.meters[0].used, 0)
  })

  it('ends the session, so that a copied token is worth nothing', async () => {
    const browser = paper.browser()
    await signIn(paper, browser, someone())
    const { body } = await browser.get('/v1/reader')
    assert.equal(body.reader.registered, true)
    const copied = paper.browser().set('Cookie', await cookieOf(browser))
    assert.equal(await registered(copied), true)
    await browser.post('/v1/sign-out').expect(200)
    assert.equal(await registered(copied), false)
    await browser.post('/v1/sign-out').expect(200)
  })

  it('stops a copied token from opening articles within five minutes', async () => {
    const browser = paper.browser()
    await signIn(paper, browser, someone())
    const copied = paper.browser().set('Cookie', await cookieOf(browser))
    await browser.post('/v1/sign-out').expect(200)
    const article = { class: 'registered' }
    assert.equal((await read(copied, 'S', article)).granted, true)
    paper.clock.now += 5 * minuteMs
    assert.equal((await read(copied, 'T', article)).reason, 'registration_required')
  })

  it('leaves who has stayed signed in signed in, with a token that is renewed as they read', async () => {
    const browser = paper.browser()
    await signIn(paper, browser, someone())
    paper.clock.now += 5 * minuteMs
    const answer = await browser.post('/v1/views').send({ article: { id: 'U', class: 'registered' } })
    assert.equal(answer.body.granted, true)
    assert.match(String(answer.headers['set-cookie']), /newsrack_reader=r2/)
    const again = await browser.post('/v1/views').send({ article: { id: 'U', class: 'registered' } })
    assert.equal(again.headers['set-cookie'], undefined)
  })
})

async function cookieOf(browser: ReturnType<Paper['browser']>): Promise<string> {
  const cookie = browser.jar.getCookie('newsrack_reader', {
    domain: 'localhost',
    path: '/',
    secure: false,
    script: false,
  })
  assert.ok(cookie)
  return `${cookie.name}=${cookie.value}`
}
