import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { z } from 'zod'
import { exemptionSchema } from '../../src/exemptions/exemption-rule.ts'
import { prepareExemptions, type Visit } from '../../src/exemptions/prepare-exemptions.ts'
import { meterFingerprint } from '../../src/metering/views.ts'

const office = '198.51.100.9'
const library = '192.0.2.9'
const crawler = '203.0.113.9'
const googlebot = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'

const rules = [
  { id: 'library', kind: 'network', networks: ['192.0.2.0/24', '2001:db8:5::/48'] },
  { id: 'newsroom', kind: 'staff', networks: [`${office}/32`] },
  { id: 'scrapers', kind: 'blocked', networks: ['203.0.113.128/25'] },
  { id: 'googlebot', kind: 'crawler', userAgent: 'Googlebot', hosts: ['googlebot.com'] },
  { id: 'applebot', kind: 'crawler', userAgent: 'Applebot', networks: ['198.51.100.128/25'] },
  { id: 'search', kind: 'referrer', hosts: ['google.com'], allowance: { articles: 2, window: 'day' } },
  {
    id: 'spring',
    kind: 'campaign',
    tokens: ['spring-27'],
    allowance: { articles: 4, window: { rollingDays: 7 } },
  },
  {
    id: 'search-too',
    kind: 'referrer',
    hosts: ['www.google.com'],
    allowance: { articles: 9, window: 'day' },
  },
]

/** With a DNS that finds what it is told to find, and says what it was asked. */
function exemptions({
  verified = false,
  written = rules,
}: {
  verified?: boolean | Promise<boolean>
  written?: object[]
} = {}) {
  const asked: string[] = []
  const prepared = prepareExemptions({
    rules: z.array(exemptionSchema).parse(written),
    calendar: { timeZone: 'America/New_York', weekStartsOn: 'monday' },
    crawlers(hosts, address) {
      asked.push(`${hosts} ${address}`)
      return verified
    },
  })
  return { ...prepared, asked }
}

function visit(changes: Partial<Visit> = {}): Visit {
  return {
    address: '203.0.113.1',
    userAgent: 'Firefox',
    referrer: null,
    campaign: null,
    staff: false,
    ...changes,
  }
}

describe('who is not counted', () => {
  it('is no ordinary reader, and the answer comes at once', () => {
    const { openFor, blockedBy, allowanceFor, asked } = exemptions()
    assert.equal(openFor(visit()), null)
    assert.equal(blockedBy(visit()), null)
    assert.equal(allowanceFor(visit()), null)
    assert.deepEqual(asked, [])
  })

  it('is nobody of whom nothing is known', () => {
    const { openFor, blockedBy, allowanceFor } = exemptions({ verified: true })
    const unknown = visit({ address: null, userAgent: null })
    assert.equal(openFor(unknown), null)
    assert.equal(openFor(visit({ address: null, userAgent: googlebot })), null)
    assert.equal(blockedBy(unknown), null)
    assert.equal(allowanceFor(unknown), null)
  })

  it('is whoever reads in an exempt network', () => {
    const { openFor } = exemptions()
    for (const address of [library, '2001:db8:5::1', `::ffff:${library}`]) {
      assert.deepEqual(openFor(visit({ address })), { reason: 'network', by: 'library' })
    }
  })

  it('is staff, in their office or with a preview token', () => {
    const { openFor } = exemptions()
    assert.deepEqual(openFor(visit({ address: office })), { reason: 'staff', by: 'newsroom' })
    assert.deepEqual(openFor(visit({ staff: true })), { reason: 'staff', by: 'preview' })
  })

  it('is a crawler whose claim was verified, before as after the lookup', async () => {
    const claim = visit({ address: crawler, userAgent: googlebot })
    const found = { reason: 'crawler', by: 'googlebot' }
    assert.deepEqual(exemptions({ verified: true }).openFor(claim), found)
    const lookup = exemptions({ verified: Promise.resolve(true) }).openFor(claim)
    assert.ok(lookup instanceof Promise)
    assert.deepEqual(await lookup, found)
  })

  it('is no crawler by its user agent alone', async () => {
    const claim = visit({ address: crawler, userAgent: googlebot })
    assert.equal(exemptions().openFor(claim), null)
    assert.equal(await exemptions({ verified: Promise.resolve(false) }).openFor(claim), null)
  })

  it('is a crawler in its published range, without asking the DNS', () => {
    const { openFor, asked } = exemptions()
    const userAgent = 'Mozilla/5.0 (compatible; applebot/0.1)'
    assert.deepEqual(openFor(visit({ address: '198.51.100.200', userAgent })), {
      reason: 'crawler',
      by: 'applebot',
    })
    assert.equal(openFor(visit({ address: crawler, userAgent })), null)
    assert.equal(openFor(visit({ address: '198.51.100.200' })), null)
    assert.deepEqual(asked, [])
  })

  it('is any one of the crawlers that a visitor claims to be', async () => {
    const both = visit({ address: '198.51.100.200', userAgent: `Applebot ${googlebot}` })
    const { openFor } = exemptions({ verified: Promise.resolve(false) })
    assert.deepEqual(await openFor(both), { reason: 'crawler', by: 'applebot' })
  })

  it('is named by the first that applies: network, crawler, staff', async () => {
    const { openFor, asked } = exemptions({ verified: Promise.resolve(false) })
    const all = { userAgent: googlebot, staff: true }
    assert.deepEqual(openFor(visit({ ...all, address: library })), { reason: 'network', by: 'library' })
    assert.deepEqual(asked, [])
    assert.deepEqual(await openFor(visit({ ...all, address: crawler })), { reason: 'staff', by: 'preview' })
  })
})

it('a blocked network is named by its rule', () => {
  const { blockedBy } = exemptions()
  assert.equal(blockedBy(visit({ address: '203.0.113.200' })), 'scrapers')
  assert.equal(blockedBy(visit({ address: '::ffff:203.0.113.200' })), 'scrapers')
})

describe('an allowance', () => {
  const from = (referrer: string) => exemptions().allowanceFor(visit({ referrer }))?.id ?? null

  it('is for readers who come from a page of the host, or of one below it', () => {
    for (const referrer of [
      'https://google.com/',
      'http://google.com',
      'https://www.google.com/search?q=flood',
      'https://GOOGLE.com:8443/',
      'https://news.google.com./',
    ]) {
      assert.equal(from(referrer), 'allowance:search', referrer)
    }
  })

  it('is not for those who come from a host that only looks like it', () => {
    for (const referrer of [
      'https://google.com.evil.example/',
      'https://evilgoogle.com/',
      'https://evil.example/google.com',
      'https://evil.example/?https://google.com/',
      'https://google.com@evil.example/',
      'https://evil.example\\@google.com/',
      'https://com/',
      'javascript://google.com/%0aalert(1)',
      'data:text/html,google.com',
      'ftp://google.com/',
      'google.com',
      '//google.com/',
      'android-app://google.com/',
      '',
      ' ',
    ]) {
      assert.equal(from(referrer), null, referrer)
    }
  })

  it('is for readers with a token of the campaign, exactly as it is', () => {
    const carrying = (campaign: string) => exemptions().allowanceFor(visit({ campaign }))?.id ?? null
    assert.equal(carrying('spring-27'), 'allowance:spring')
    for (const campaign of ['', 'spring', 'Spring-27', 'spring-27 ', 'toString'])
      assert.equal(carrying(campaign), null)
  })

  it('is the first configured one that fits', () => {
    const { allowanceFor } = exemptions()
    const referrer = 'https://www.google.com/'
    assert.equal(allowanceFor(visit({ referrer, campaign: 'spring-27' }))?.id, 'allowance:search')
  })

  it('is a meter of its own, the same for readers with and without an account', () => {
    const meter = exemptions().allowanceFor(visit({ campaign: 'spring-27' }))
    assert.equal(meter?.fingerprint, meterFingerprint('allowance:spring'))
    assert.deepEqual(meter?.limit, { anonymous: 4, registered: 4 })
    const now = Date.UTC(2027, 0, 15)
    assert.equal(meter?.windowAt(now).fromSeconds, now / 1000 - 7 * 86_400 + 1)
  })

  it('of a day lies in the day of the site’s zone', () => {
    const meter = exemptions().allowanceFor(visit({ referrer: 'https://google.com/' }))
    assert.deepEqual(meter?.windowAt(Date.parse('2027-01-15T12:00:00-05:00')), {
      fromSeconds: Date.parse('2027-01-15T00:00:00-05:00') / 1000,
      untilSeconds: Date.parse('2027-01-16T00:00:00-05:00') / 1000,
    })
  })
})
