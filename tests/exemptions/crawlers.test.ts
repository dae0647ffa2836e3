import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type CrawlerCheck, createCrawlerCheck } from '../../src/exemptions/crawlers.ts'
import { reverseName } from '../../src/exemptions/reverse-name.ts'
import { startDns, type Zone } from '../support/dns.ts'

const google = ['googlebot.com', 'google.com']
const hour = 3_600_000

const real = '192.0.2.1'
const realIpv6 = '2001:db8::1'
const endsLikeIt = '203.0.113.1'
const beginsLikeIt = '203.0.113.2'
const liesAboutItself = '203.0.113.3'
const nameless = '203.0.113.4'
const unanswered = '203.0.113.5'
const broken = '203.0.113.6'
const elsewhereUnanswered = '203.0.113.7'
const manyNames = '203.0.113.8'

const zone: Zone = {
  [reverseName(real)]: { PTR: ['Crawl-1.Googlebot.com'] },
  [reverseName(realIpv6)]: { PTR: ['crawl-1.googlebot.com'] },
  'crawl-1.googlebot.com': { A: [real, '192.0.2.2'], AAAA: ['2001:db8:0:0:0:0:0:1'] },
  [reverseName(endsLikeIt)]: { PTR: ['evilgooglebot.com'] },
  'evilgooglebot.com': { A: [endsLikeIt] },
  [reverseName(beginsLikeIt)]: { PTR: ['googlebot.com.evil.example'] },
  'googlebot.com.evil.example': { A: [beginsLikeIt] },
  [reverseName(liesAboutItself)]: { PTR: ['crawl-1.googlebot.com'] },
  [reverseName(elsewhereUnanswered)]: { PTR: ['crawl-7.googlebot.com'] },
  [reverseName(manyNames)]: {
    PTR: Array.from({ length: 9 }, (_, index) => `crawl-1${index}.googlebot.com`),
  },
  ...Object.fromEntries(
    Array.from({ length: 9 }, (_, index) => [`crawl-1${index}.googlebot.com`, { A: [real] }]),
  ),
}

let dns: Awaited<ReturnType<typeof startDns>>
before(async () => {
  dns = await startDns({
    zone,
    broken: [reverseName(broken)],
    silent: [reverseName(unanswered), 'crawl-7.googlebot.com', ...crowd().map(reverseName)],
  })
})
after(() => dns.stop())

/** A check of the test's own, whose clock stands where the test puts it. */
function aCheck(): { check: CrawlerCheck; clock: { now: number } } {
  const clock = { now: Date.UTC(2027, 0, 1) }
  return { check: createCrawlerCheck({ resolver: dns.resolver, now: () => clock.now }), clock }
}

function crowd(): string[] {
  return Array.from({ length: 32 }, (_, index) => `198.51.100.${index}`)
}

function askedFor(address: string): number {
  return dns.asked.filter((name) => name === reverseName(address)).length
}

describe('a crawler’s claim', () => {
  it('holds when the address’s name is the crawler’s and leads back to the address', async () => {
    const { check } = aCheck()
    assert.equal(await check(google, real), true)
  })

  it('holds for an IPv6 address however it is written, and for IPv4 in IPv6 clothes', async () => {
    const { check } = aCheck()
    for (const address of ['2001:db8::1', '2001:DB8:0:0::0001', `::ffff:${real}`, '::FFFF:c000:201']) {
      assert.equal(await check(google, address), true, address)
    }
  })

  it('fails when the name only ends or only begins like the crawler’s', async () => {
    const { check } = aCheck()
    assert.equal(await check(google, endsLikeIt), false)
    assert.equal(await check(google, beginsLikeIt), false)
  })

  it('fails when the name is the crawler’s but does not lead back: anyone may call an address so', async () => {
    const { check } = aCheck()
    assert.equal(await check(google, liesAboutItself), false)
  })

  it('fails for an address without a name, for another crawler’s address, and for what is no address', async () => {
    const { check } = aCheck()
    assert.equal(await check(google, nameless), false)
    assert.equal(await check(['search.msn.com'], real), false)
    assert.equal(await check(google, 'crawl-1.googlebot.com'), false)
  })

  it('makes the DNS look after a few names only, however many an address has', async () => {
    const { check } = aCheck()
    assert.equal(await check(google, manyNames), false)
    assert.equal(dns.asked.filter((name) => /^crawl-1\d\./.test(name)).length, 3)
  })

  it('is looked up once when many ask at once', async () => {
    const { check } = aCheck()
    const before = askedFor(real)
    const answers = await Promise.all(Array.from({ length: 50 }, () => check(google, real)))
    assert.deepEqual(new Set(answers), new Set([true]))
    assert.equal(askedFor(real), before + 1)
  })

  it('is remembered for a day when it held, and answered without waiting', async () => {
    const { check, clock } = aCheck()
    await check(google, real)
    clock.now += 24 * hour - 1
    assert.equal(check(google, real), true)
    clock.now += 1
    assert.ok(check(google, real) instanceof Promise)
  })

  it('is remembered for an hour when it failed', async () => {
    const { check, clock } = aCheck()
    await check(google, liesAboutItself)
    await check(google, nameless)
    clock.now += hour - 1
    assert.equal(check(google, liesAboutItself), false)
    assert.equal(check(google, nameless), false)
    clock.now += 1
    assert.ok(check(google, liesAboutItself) instanceof Promise)
  })

  it('fails when the DNS fails, and is looked up again after a minute', async () => {
    const { check, clock } = aCheck()
    assert.equal(await check(google, broken), false)
    clock.now += 59_999
    assert.equal(check(google, broken), false)
    clock.now += 1
    assert.ok(check(google, broken) instanceof Promise)
  })

  it('fails when the DNS does not answer, whichever of the two questions it leaves open', async () => {
    const { check, clock } = aCheck()
    const answers = await Promise.all([check(google, unanswered), check(google, elsewhereUnanswered)])
    assert.deepEqual(answers, [false, false])
    clock.now += 60_000
    assert.ok(check(google, elsewhereUnanswered) instanceof Promise)
  })

  it('is given up in time when the resolver never comes to an end', async () => {
    const never = () => new Promise<string[]>(() => {})
    const check = createCrawlerCheck({
      resolver: { resolvePtr: never, resolve4: dns.resolver.resolve4, resolve6: dns.resolver.resolve6 },
      now: Date.now,
    })
    assert.equal(await check(google, real), false)
  })

  it('fails at once, unremembered, while a crowd of claims is being looked up; what is known still holds', async () => {
    const { check } = aCheck()
    await check(google, real)
    const underWay = crowd().map((address) => check(google, address))
    assert.equal(check(google, realIpv6), false)
    assert.equal(check(google, real), true)
    await Promise.all(underWay)
    assert.equal(await check(google, realIpv6), true)
  })
})
