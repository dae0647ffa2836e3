import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { describe, it } from 'node:test'
import { parse } from 'yaml'
import { z } from 'zod'
import { readSettings } from '../../src/settings.ts'
import { headings, readText, root } from './markdown.ts'

const healthcheckSchema = z.strictObject({
  test: z.array(z.string()).min(2),
  interval: z.string(),
  timeout: z.string(),
  retries: z.number(),
})

const composeSchema = z.strictObject({
  services: z.strictObject({
    newsrack: z.strictObject({
      build: z.literal('.'),
      restart: z.string(),
      depends_on: z.strictObject({ redis: z.strictObject({ condition: z.literal('service_healthy') }) }),
      environment: z.record(z.string(), z.string()),
      ports: z.array(z.string()).length(1),
      volumes: z.array(z.string()),
      stop_grace_period: z.string(),
    }),
    redis: z.strictObject({
      image: z.string().regex(/^redis:([7-9]|\d\d)/),
      restart: z.string(),
      command: z.array(z.string()),
      volumes: z.array(z.string()),
      healthcheck: healthcheckSchema,
    }),
  }),
  volumes: z.record(z.string(), z.null()),
})

const compose = composeSchema.parse(parse(readText('docker-compose.yml')))
const { newsrack, redis } = compose.services
const dockerfile = readText('Dockerfile')

describe('docker-compose.yml', () => {
  it('hands over every setting, those aside that the image decides', () => {
    const decidedByImage = ['CONFIG_DIR', 'DATA_DIR']
    const settings = headings(readText('docs/settings.md'), 2)
    assert.deepEqual(
      Object.keys(newsrack.environment).sort(),
      settings.filter((name) => !decidedByImage.includes(name)).sort(),
    )
  })

  it('holds no secret: each value is asked of the environment', () => {
    for (const [name, value] of Object.entries(newsrack.environment)) {
      assert.match(value, new RegExp(`^\\$\\{${name}:-[^}]*\\}$`), name)
    }
  })

  it('runs the demonstration on a fresh clone', () => {
    const settings = readSettings(interpolated({}))
    assert.equal(settings.production, false)
    assert.equal(settings.stripe, null)
    assert.equal(settings.publicUrl.href, 'http://localhost:3000/')
    assert.deepEqual(settings.redisUrls.map(String), ['redis://redis:6379'])
  })

  it('refuses a form that is not filled in, naming what is missing', () => {
    const form = formValues()
    for (const name of ['PUBLIC_URL', 'STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET', 'NEWSRACK_SECRET']) {
      assert.throws(
        () => readSettings(interpolated(form)),
        new RegExp(`^SettingsError: .*${name}: missing`, 's'),
      )
    }
  })

  it('is production with the form filled in', () => {
    const settings = readSettings(
      interpolated({
        ...formValues(),
        PUBLIC_URL: 'https://meter.example.com',
        NEWSRACK_SECRET: 'a secret that no deployment may have',
        STRIPE_SECRET_KEY: 'sk_test_example',
        STRIPE_WEBHOOK_SECRET: 'whsec_example',
        SMTP_URL: 'smtps://mail.example.com',
        MAIL_FROM: 'mail@example.com',
      }),
    )
    assert.equal(settings.production, true)
    assert.equal(settings.trustProxy, 1)
  })

  it('keeps what Redis holds: on disk, and never evicted', () => {
    assert.match(redis.command.join(' '), /--appendonly yes/)
    assert.match(redis.command.join(' '), /--maxmemory-policy noeviction/)
    const named = [...newsrack.volumes, ...redis.volumes]
      .map((volume) => volume.split(':')[0] ?? '')
      .filter((name) => !name.startsWith('.'))
    assert.deepEqual(named.sort(), Object.keys(compose.volumes).sort())
  })
})

describe('the Dockerfile', () => {
  it('copies what is there, past the .dockerignore', () => {
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, paths = '']) =>
      paths.split(' '),
    )
    const allowed = [...readText('.dockerignore').matchAll(/^!(.+)$/gm)].map(([, path = '']) => path)
    assert.ok(copied.length >= 6, copied.join(', '))
    for (const path of copied) assert.ok(existsSync(new URL(path, root)), path)
    assert.deepEqual([...new Set(copied)].sort(), allowed.sort())
  })

  it('runs on an official slim Node 24 as a user without rights, with the data its own', () => {
    const bases = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, image]) => image)
    assert.equal(bases.length, 2)
    for (const base of bases) assert.match(String(base), /^node:24-\w+-slim$/)
    assert.match(dockerfile, /^RUN npm ci --omit=dev/m)
    assert.match(dockerfile, /chown node:node \/data[\s\S]*^VOLUME \/data$[\s\S]*^USER node$/m)
    assert.match(dockerfile, /^CMD \["node", "src\/server\.ts"\]$/m)
  })

  it('keeps local settings and secrets out of the image', () => {
    assert.match(readText('.dockerignore'), /^\*$/m)
    assert.match(readText('.dockerignore'), /^config\/\.env\*$/m)
  })
})

/** What Compose makes of the service's environment when these are set beside it. */
function interpolated(given: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(newsrack.environment).map(([name, value]) => {
      const [, variable = '', fallback = ''] = /^\$\{(\w+):-(.*)\}$/.exec(value) ?? []
      return [name, given[variable] || fallback]
    }),
  )
}

function formValues(): Record<string, string> {
  return Object.fromEntries(
    [...readText('config/.env.example').matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  )
}
