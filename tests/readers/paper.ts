import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import request from 'supertest'
import { startMailServer } from '../support/mail-server.ts'
import { startService } from '../support/service.ts'

export const dayMs = 86_400_000
export const minuteMs = 60_000

type PaperOptions = {
  /** Added to the demo site's entry, as YAML. */
  site?: string
  limit?: { anonymous: number; registered: number }
  environment?: Record<string, string>
}

/** A service with a mail server of its own, a clock that stands, and readers who come with a browser each. */
export async function openPaper({
  site = '',
  limit = { anonymous: 2, registered: 4 },
  environment = {},
}: PaperOptions = {}) {
  const configDir = await mkdtemp(join(tmpdir(), 'newsrack-paper-'))
  await cp('config', configDir, { recursive: true })
  const sites = '- { id: demo, name: The Harbor Lantern, timeZone: America/New_York }\n'
  await writeFile(join(configDir, 'sites.yaml'), sites.replace(' }\n', `${site} }\n`))
  await writeFile(
    join(configDir, 'meters.yaml'),
    `- { id: default, window: month, limit: ${JSON.stringify(limit)} }\n`,
  )
  // Offers would need words in each language of the site.
  await writeFile(join(configDir, 'offers.yaml'), '[]\n')
  const mails = await startMailServer()
  const clock = { now: Date.UTC(2026, 10, 24, 12) }
  const service = await startService({
    now: () => clock.now,
    environment: {
      CONFIG_DIR: configDir,
      SMTP_URL: mails.url.href,
      MAIL_FROM: 'mail@example.com',
      ...environment,
    },
  }).catch(async (error: unknown) => {
    await mails.stop()
    throw error
  })

  return {
    url: service.url,
    service,
    clock,
    mails,
    /** A browser that keeps its cookie. */
    browser: () => request.agent(service.url).set('User-Agent', firefoxOnLinux),
    /** A link that an address asked for, once it has been mailed. */
    async mailedLink(email: string, nth = 1): Promise<URL> {
      return linkIn(await mails.mailTo(email, nth))
    },
    async close() {
      await service.stop()
      await mails.stop()
      await rm(configDir, { recursive: true, force: true })
    },
  }
}

export type Paper = Awaited<ReturnType<typeof openPaper>>
export type Browser = ReturnType<Paper['browser']>

export const firefoxOnLinux = 'Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0'

/** Opens an article and tells what came of it. */
export async function read(browser: Browser, id: string, article: object = {}) {
  const { body } = await browser
    .post('/v1/views')
    .send({ article: { id, ...article } })
    .expect(200)
  return body
}

/** Presses the button of the page behind a link. */
export function pressButton(browser: Browser, link: URL) {
  return browser
    .post('/sign-in/confirm')
    .set('Origin', link.origin)
    .type('form')
    .send({ token: link.searchParams.get('token') })
}

/** Asks for a link, opens it in the same browser and presses its button; the nth time for the address. */
export async function signIn(
  { mails }: Pick<Paper, 'mails'>,
  browser: Browser,
  email: string,
  nth = 1,
): Promise<void> {
  await browser.post('/v1/sign-in').send({ email }).expect(202)
  await pressButton(browser, linkIn(await mails.mailTo(email, nth))).expect(303)
}

function linkIn({ text = '' }: { text?: string | undefined }): URL {
  return new URL(/https?:\/\/\S+/.exec(text)?.[0] ?? '')
}
