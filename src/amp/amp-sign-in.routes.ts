import express, { type Request, type Response, type Router } from 'express'
import { z } from 'zod'
import { html } from '../http/html.ts'
import { Problem, problemTypes, wrongField } from '../http/problem.ts'
import { comesFromOwnPage } from '../http/same-origin.ts'
import { sendPage } from '../http/send-page.ts'
import { meterBounds } from '../metering/meter-question.ts'
import type { MeterStore } from '../metering/meter-store.ts'
import type { Rules } from '../paywall/rules.ts'
import { type AskingReader, askingReader } from '../readers/asking-reader.ts'
import type { IdentifyCaller } from '../readers/caller.ts'
import { handOutToken } from '../readers/hand-out-token.ts'
import { tokenLifeSeconds } from '../readers/reader-token.ts'
import { messagePage } from '../subscriptions/account-page.ts'
import type { AmpLinkStore } from './amp-link-store.ts'
import { ampOriginsOf, ampQuerySchema, ampSiteOf } from './amp-question.ts'
import { ampReaderKey } from './amp-reader.ts'
import { ampSignInPage } from './amp-sign-in-page.ts'

export type AmpSignInParts = {
  rules: () => Rules
  identify: IdentifyCaller
  meter: MeterStore
  ampLinks: AmpLinkStore
  serviceUrl: URL
  secureCookies: boolean
  /** Epoch milliseconds. */
  now: () => number
}

/** What AMP's login dialog opens in a window of its own, where the reader's cookie is sent. It needs no script. */
export function ampSignInPages(parts: AmpSignInParts): Router {
  const router = express.Router()
  router.get('/amp/sign-in', (request, response) => askToConnect(parts, request, response))
  router.post('/amp/sign-in', express.urlencoded({ limit: '8kb' }), (request, response) =>
    connect(parts, request, response),
  )
  return router
}

const signInSchema = z.object({
  rid: ampQuerySchema.shape.rid,
  site: ampQuerySchema.shape.site,
  return: z.url('the address to come back to, which AMP adds'),
  language: z.string().max(35).optional(),
})

/** What is to be connected for whom, and where the reader goes on. */
type SignIn = { asking: AskingReader; readerId: string; language: string; comeBack: URL }

/**
 * The reader is asked, and not just connected: who follows a stranger's link here would else lend the stranger, whose
 * AMP reader it names, their subscription.
 */
async function askToConnect(parts: AmpSignInParts, request: Request, response: Response): Promise<void> {
  const signIn = await signInOf(parts, request, request.query)
  if (signIn instanceof Problem) return sendRefusal(response, signIn)
  const { asking, readerId, language, comeBack } = signIn
  const { site, caller } = asking
  handOutToken(response, caller, { secure: parts.secureCookies })
  const page = ampSignInPage({
    place: { site, language, query: { site: site.site.id } },
    fields: { rid: readerId, site: site.site.id, language, return: comeBack.href },
    comeBack: outcome(comeBack, false),
  })
  sendPage(response, 200, page, { 'Content-Security-Policy': contentSecurityPolicy(comeBack) })
}

async function connect(parts: AmpSignInParts, request: Request, response: Response): Promise<void> {
  if (!comesFromOwnPage(request, parts.serviceUrl))
    return sendRefusal(response, new Problem('origin_not_allowed', 'This was not sent from our own page.'))
  const signIn = await signInOf(parts, request, request.body)
  if (signIn instanceof Problem) return sendRefusal(response, signIn)
  const { asking, readerId, comeBack } = signIn
  const { site, reader } = asking
  const now = parts.now()
  const ampReader = ampReaderKey(site.site.id, readerId)
  const registered = asking.account !== null
  await parts.meter.mergeReaders({
    from: ampReader,
    into: reader,
    sinceSeconds: 0,
    meters: site.meters.map((meter) => meterBounds(meter, { registered, now })),
    retainSeconds: site.retainSeconds,
  })
  await parts.ampLinks.connect({
    ampReader,
    reader,
    registered,
    now,
    expiresAtMs: now + tokenLifeSeconds * 1000,
  })
  handOutToken(response, asking.caller, { secure: parts.secureCookies })
  response.set('Cache-Control', 'no-store').redirect(303, outcome(comeBack, true))
}

async function signInOf(
  { rules, identify, now }: AmpSignInParts,
  request: Request,
  fields: unknown,
): Promise<SignIn | Problem> {
  const parsed = signInSchema.safeParse(fields)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    return wrongField(String(issue?.path[0] ?? 'rid'), issue?.message ?? 'a value')
  }
  const { rid, site: named, return: back, language } = parsed.data
  const site = ampSiteOf(rules(), named)
  if (site instanceof Problem) return site
  const comeBack = new URL(back)
  if (comeBack.origin !== ampRuntime && !ampOriginsOf(site).has(comeBack.origin))
    return wrongField('return', 'an AMP page of the site')
  const asking = await askingReader({ rules: rules(), identify, request, now: now(), site: site.site.id })
  return asking instanceof Problem
    ? asking
    : { asking, readerId: rid, language: site.languageFor(language), comeBack }
}

/** AMP's own page, which closes the login dialog. */
const ampRuntime = 'https://cdn.ampproject.org'

/** "Login page" of amp-access: how it went is told in the fragment. */
function outcome(comeBack: URL, success: boolean): string {
  const address = new URL(comeBack)
  address.hash = `success=${success}`
  return address.href
}

/** The form leads back to the AMP page, and browsers hold `form-action` against redirects too. */
function contentSecurityPolicy({ origin }: URL): string {
  return `default-src 'none'; style-src 'self'; img-src data:; form-action 'self' ${origin}; base-uri 'none'; frame-ancestors 'none'`
}

function sendRefusal(response: Response, { code, detail }: Problem): void {
  const onward = html`<a class="button" href="/account">Go to your account</a>`
  const page = messagePage({ title: 'Sorry, that did not work', text: detail, onward })
  sendPage(response, problemTypes[code].status, page)
}
