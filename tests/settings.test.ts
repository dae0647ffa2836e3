import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readSettings, SettingsError } from '../src/settings.ts'

const production = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://meter.example.com',
  REDIS_URL: 'redis://redis:6379',
  STRIPE_SECRET_KEY: 'sk_live_x',
  STRIPE_WEBHOOK_SECRET: 'whsec_x',
  SMTP_URL: 'smtps://user:password@mail.example.com',
  MAIL_FROM: 'The Harbor Lantern <mail@example.com>',
  NEWSRACK_SECRET: 'x'.repeat(32),
}

function problemsOf(environment: Record<string, string>): string[] {
  try {
    readSettings(environment)
    return []
  } catch (error) {
    assert.ok(error instanceof SettingsError)
    return error.message.split('\n')
  }
}

describe('the settings', () => {
  it('need nothing to try the service out', () => {
    const settings = readSettings({})
    assert.equal(settings.publicUrl.href, 'http://localhost:3000/')
    assert.equal(settings.stripe, null)
    assert.deepEqual(settings.redisUrls, [])
  })

  it('take a blank value for an absent one', () => {
    assert.equal(readSettings({ STRIPE_SECRET_KEY: ' ', REDIS_URL: '' }).stripe, null)
  })

  it('start production with all that it needs', () => {
    const settings = readSettings({
      ...production,
      SITE_KEYS: 'demo:0123456789abcdef,demo:fedcba9876543210:import',
    })
    assert.equal(settings.production, true)
    assert.deepEqual(settings.siteKeys, [
      { site: 'demo', key: '0123456789abcdef', mayImport: false },
      { site: 'demo', key: 'fedcba9876543210', mayImport: true },
    ])
  })

  it('take several addresses for the nodes of a Cluster', () => {
    const { redisUrls } = readSettings({ REDIS_URL: 'redis://a:1, redis://b:2' })
    assert.deepEqual(
      redisUrls.map(({ host }) => host),
      ['a:1', 'b:2'],
    )
  })

  it('take Sentinels, each with the name of the master', () => {
    const { redisUrls } = readSettings({ REDIS_URL: 'redis+sentinel://a,b:26380/lantern' })
    assert.deepEqual(redisUrls.map(String), [
      'redis+sentinel://a/lantern',
      'redis+sentinel://b:26380/lantern',
    ])
  })

  for (const missing of Object.keys(production).filter((name) => name !== 'NODE_ENV')) {
    it(`do not start production without ${missing}, and say so`, () => {
      const problems = problemsOf({ ...production, [missing]: '' })
      assert.equal(problems.length, 1)
      assert.match(problems[0] ?? '', new RegExp(`^${missing}: missing; expected `))
    })
  }

  it('do not take a mail server without an address that mail comes from', () => {
    assert.match(
      problemsOf({ SMTP_URL: 'smtp://localhost' })[0] ?? '',
      /^MAIL_FROM: missing; .* since SMTP_URL is set/,
    )
  })

  type Wrong = [setting: string, value: string, says: RegExp]
  const wrongs: Wrong[] = [
    ['PORT', 'eighty', /port number/],
    ['PORT', '70000', /port number/],
    ['PUBLIC_URL', 'meter.example.com', /an address such as/],
    ['PUBLIC_URL', 'https://example.com/meter', /without a path/],
    ['REDIS_URL', 'localhost:6379', /redis:\/\//],
    ['REDIS_URL', 'redis+sentinel://sentinel:26379', /redis\+sentinel:\/\/.*\/master/],
    ['STORE_TIMEOUT_MS', '5', /10 to 1000/],
    ['STORE_TIMEOUT_MS', 'soon', /10 to 1000/],
    ['METRICS_TOKEN', 'short', /16 characters/],
    ['STRIPE_SECRET_KEY', 'pk_live_x', /secret key/],
    ['STRIPE_WEBHOOK_SECRET', 'secret', /whsec_/],
    ['SMTP_URL', 'https://mail.example.com', /an address such as smtps/],
    ['MAIL_FROM', 'The Harbor Lantern', /an address such as mail@example.com/],
    ['NEWSRACK_SECRET', 'short', /32 characters/],
    ['SITE_KEYS', 'demo', /site:key/],
    ['SITE_KEYS', 'demo:short', /16 characters/],
    ['SIGN_IN_SECRETS', 'demo:short', /32 characters/],
    ['LOG_LEVEL', 'loud', /debug, info/],
    ['TRUST_PROXY', 'the one in front', /number of proxies/],
    ['COUNTRY_HEADER', 'CF-IPCountry: US', /name of a header/],
    ['TRUST_PROXY', '10.0.0.0/33', /number of proxies/],
  ]
  const partners = { STRIPE_WEBHOOK_SECRET: 'whsec_x', MAIL_FROM: 'mail@example.com' }
  for (const [setting, value, says] of wrongs) {
    it(`refuse ${setting}=${value}, naming it and what was expected`, () => {
      const problems = problemsOf({ ...partners, [setting]: value })
      assert.equal(problems.length, 1, problems.join('\n'))
      assert.match(problems[0] ?? '', new RegExp(`^${setting}: .*${says.source}`))
    })
  }

  it('tell everything that is wrong at once', () => {
    assert.equal(problemsOf({ PORT: 'x', LOG_LEVEL: 'x', NEWSRACK_SECRET: 'x' }).length, 3)
  })

  it('take the addresses of proxies as networks or as their number', () => {
    assert.equal(readSettings({ TRUST_PROXY: '1' }).trustProxy, 1)
    assert.deepEqual(readSettings({ TRUST_PROXY: 'loopback, 2001:db8::/32' }).trustProxy, [
      'loopback',
      '2001:db8::/32',
    ])
  })

  it('name what is missing in production also when something else is wrong', () => {
    assert.equal(problemsOf({ ...production, PORT: 'x', REDIS_URL: '' }).length, 2)
  })

  it('do not take payments whose events cannot be trusted', () => {
    assert.match(problemsOf({ STRIPE_SECRET_KEY: 'sk_test_x' })[0] ?? '', /^STRIPE_WEBHOOK_SECRET: missing/)
  })

  it('do not send the reader’s cookie over plain http in production', () => {
    assert.match(
      problemsOf({ ...production, PUBLIC_URL: 'http://meter.example.com' })[0] ?? '',
      /^PUBLIC_URL: .*https/,
    )
  })
})
