import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import request from 'supertest'
import { adminAt, type Browser } from '../console/desk.ts'
import { eventually } from '../publishing/examples.ts'
import { payWithCard } from '../support/buying.ts'
import { startRedis } from '../support/redis.ts'
import { type Service, siteKey, startService } from '../support/service.ts'
import { openStripeAccount, type StripeAccount } from '../support/stripe-account.ts'

const iPhone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Mobile/15E148'
const iPad = 'Mozilla/5.0 (iPad; CPU OS 18_6 like Mac OS X) Version/18.6 Mobile/15E148'
const firefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0'
const premium = { id: 'one more', class: 'premium' }
const secret = 'a secret that the tests of reports share'

for (const store of ['Redis', 'SQLite'] as const) {
  describe(`reports of sales in ${store}`, () => {
    let service: Service
    let account: StripeAccount
    let admin: Browser
    const opened = new AsyncDisposableStack()
    before(async () => {
      account = opened.adopt(await openStripeAccount(), (open) => open.close())
      const place = store === 'Redis' ? await redisPlace() : undefined
      const environment = {
        ...account.environment,
        COUNTRY_HEADER: 'CF-IPCountry',
        ...(place && { REDIS_URL: place.redisUrl, NEWSRACK_SECRET: place.secret }),
      }
      service = opened.adopt(await startService({ environment }), (open) => open.stop())
      account.notify(service.url)
      admin = await adminAt(service, place)
    })
    after(() => opened.disposeAsync())

    async function redisPlace() {
      const redis = opened.adopt(await startRedis(), (open) => open.stop())
      return { redisUrl: redis.url, secret }
    }

    /** A new reader's browser, as the service sees it. */
    async function reader({ agent, country }: { agent: string; country: string }) {
      const browser = request.agent(service.url).set({ 'User-Agent': agent, 'CF-IPCountry': country })
      await browser.get('/v1/reader').expect(200)
      return browser
    }

    /** Presses the button at the wall of a section. */
    async function pressBuy(browser: Awaited<ReturnType<typeof reader>>, section: string) {
      const { body } = await browser
        .post('/v1/views')
        .send({ article: { ...premium, section } })
        .expect(200)
      const { id, termsHash } = body.offer
      const order = { offer: id, termsHash, consent: true, section }
      const begun = await browser.post('/v1/checkout').send(order).expect(201)
      return { attempt: String(begun.body.attempt), url: String(begun.body.url) }
    }

    /** Pays, and cancels for the end of the period. */
    async function buyAndCancel(browser: Awaited<ReturnType<typeof reader>>, section: string) {
      const { attempt, url } = await pressBuy(browser, section)
      const back = new URL(await payWithCard(url))
      await browser.get(back.pathname + back.search).expect(303)
      const { data } = await account.stripe.subscriptions.list({ limit: 100 })
      const subscription = data.find(({ metadata }) => metadata.newsrack_attempt === attempt)
      assert.ok(subscription)
      await account.stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true })
    }

    /** Presses the button for a gift on the account page: the page where it is paid. */
    async function pressGive(browser: Awaited<ReturnType<typeof reader>>): Promise<string> {
      const { body } = await browser.get('/v1/offers').expect(200)
      const { id, termsHash } = body.gifts[0]
      const { headers } = await browser
        .post('/account/give')
        .type('form')
        .set('Origin', service.url)
        .send({ offer: id, termsHash, consent: 'yes' })
        .expect(303)
        .expect('Location', /\/checkout\/cs_/)
      return String(headers.location)
    }

    async function rowsBy(dimension: string) {
      const { body } = await admin.get(`reports?by=${dimension}`).expect(200)
      const rows: (Sold & { value: string; readers: number })[] = body.rows
      return new Map(rows.map((row) => [row.value, row]))
    }

    it('stand beside the readers of the section, device and country in which they were begun', async () => {
      await buyAndCancel(await reader({ agent: iPhone, country: 'CH' }), 'world')
      await pressBuy(await reader({ agent: iPhone, country: 'CH' }), 'world')
      await pressBuy(await reader({ agent: firefox, country: 'US' }), 'sport')
      await eventually(async () => {
        const [world, sport] = await Promise.all(
          ['world', 'sport'].map(async (one) => (await rowsBy('section')).get(one)),
        )
        return world?.cancelled === 1 && world.readers === 2 && sport?.readers === 1
      })
      const wanted = { checkouts: 2, bought: 1, cancelled: 1, conversion: 0.5 }
      const other = { checkouts: 1, bought: 0, cancelled: 0, conversion: 0 }
      for (const [dimension, value, elsewhere] of [
        ['section', 'world', 'sport'],
        ['device', 'phone', 'desktop'],
        ['country', 'CH', 'US'],
      ] as const) {
        const rows = await rowsBy(dimension)
        assert.deepEqual(soldOf(rows.get(value)), wanted)
        assert.equal(rows.get(value)?.readers, 2)
        assert.deepEqual(soldOf(rows.get(elsewhere)), other)
        assert.ok((rows.get(value)?.revenue[0]?.amount ?? 0) > 0)
        assert.deepEqual(rows.get(elsewhere)?.revenue, [])
      }
    })

    it('take device and country from the reader’s browser where a server places the order', async () => {
      const named = { reader: { id: 'ben' }, client: { userAgent: iPad, country: 'AT' } }
      const asServer = (path: string, body: object) =>
        request(service.url)
          .post(path)
          .set({ Authorization: `Bearer ${siteKey}`, 'User-Agent': firefox, 'CF-IPCountry': 'FR' })
          .send({ ...body, ...named })
      const { body } = await asServer('/v1/views', { article: { ...premium, section: 'harbor' } }).expect(200)
      const { id, termsHash } = body.offer
      const order = { offer: id, termsHash, consent: true, section: 'harbor' }
      await asServer('/v1/checkout', order).expect(201)
      assert.equal((await rowsBy('section')).get('harbor')?.checkouts, 1)
      assert.equal((await rowsBy('country')).get('AT')?.checkouts, 1)
      assert.equal((await rowsBy('device')).get('tablet')?.checkouts, 1)
      assert.equal((await rowsBy('country')).get('FR'), undefined)
    })

    it('have no section where a gift is bought on the account page', async () => {
      const browser = await reader({ agent: firefox, country: 'IT' })
      const inSections = checkoutsOf(await rowsBy('section'))
      const onDesktops = (await rowsBy('device')).get('desktop')?.checkouts ?? 0
      await pressGive(browser)
      assert.equal((await rowsBy('country')).get('IT')?.checkouts, 1)
      assert.equal((await rowsBy('device')).get('desktop')?.checkouts, onDesktops + 1)
      assert.equal(checkoutsOf(await rowsBy('section')), inSections)
    })

    it('of a gift count it as bought when it is paid, with no monthly revenue', async () => {
      const browser = await reader({ agent: firefox, country: 'NO' })
      const paid = new URL(await payWithCard(await pressGive(browser)))
      for (const _time of ['once', 'twice']) await browser.get(paid.pathname + paid.search).expect(200)
      const given = (await rowsBy('country')).get('NO')
      assert.deepEqual(soldOf(given), { checkouts: 1, bought: 1, cancelled: 0, conversion: 1 })
      assert.deepEqual(given?.revenue, [])
    })
  })
}

type Sold = {
  checkouts: number
  bought: number
  cancelled: number
  conversion: number | null
  revenue: { amount: number }[]
}

function soldOf(row: Sold | undefined) {
  const { checkouts, bought, cancelled, conversion } = row ?? {}
  return { checkouts, bought, cancelled, conversion }
}

function checkoutsOf(rows: ReadonlyMap<string, Sold>): number {
  return [...rows.values()].reduce((sum, { checkouts }) => sum + checkouts, 0)
}
