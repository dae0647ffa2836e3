import type { ServerResponse } from 'node:http'
import { z } from 'zod'
import { readJson } from '../http/body.ts'
import type { ClientAddress } from '../http/client-address.ts'
import { Problem, type ProblemCode, sendProblem } from '../http/problem.ts'
import { type Route, type RoutedRequest, sendJson } from '../http/route.ts'
import { refuseForeignPage } from './actor.ts'
import type { FirstAdminToken } from './first-admin.ts'
import { linkPaths, mailLink } from './mailed-link.ts'
import type { PeopleParts } from './parts.ts'
import { fitsPassword, hashPassword, newPasswordSchema } from './password.ts'
import { emailKey, type Person } from './person.ts'
import { emailSchema, nameSchema, personAnswer, personAnswerSchema } from './person-answer.ts'
import { hashToken, makeId } from './secret-token.ts'

export type SignInParts = PeopleParts & {
  firstAdmin: FirstAdminToken
  addressOf: ClientAddress
  /** Whether people may sign in by an identity provider. */
  hasSingleSignOn: boolean
  needsApproval: boolean
}

const sessionAnswerSchema = z
  .object({
    person: personAnswerSchema.nullable().describe('Null: nobody is signed in'),
    needsSetUp: z
      .boolean()
      .describe('There is nobody yet: the link that the start printed makes the first admin'),
    singleSignOn: z.boolean().describe('Whether /v1/console/sign-in/oidc leads to an identity provider'),
    needsApproval: z.boolean().describe('Whether a second person approves a draft before it is published'),
  })
  .describe('Who is signed in, and what the sign-in page needs')

const setUpSchema = z.strictObject({
  token: z.string().max(200).describe('From the link that the start printed'),
  email: emailSchema,
  name: nameSchema,
  password: newPasswordSchema,
})

const signInSchema = z.strictObject({ email: z.string().max(254), password: z.string().max(1000) })

const linkAnswerSchema = z
  .object({ email: z.string(), name: z.string(), purpose: z.enum(['invitation', 'password']) })
  .describe('Whom a mailed link is for')

const useLinkSchema = z.strictObject({
  token: z.string().max(200).describe('From the mailed link'),
  password: newPasswordSchema,
  name: nameSchema.optional().describe('As an invited person wants to be called'),
})

const ofBodies: readonly ProblemCode[] = [
  'invalid_request',
  'invalid_json',
  'unsupported_media_type',
  'body_too_large',
  'origin_not_allowed',
  'store_unavailable',
]

const signedIn = { 200: { description: 'Signed in; the cookie is set', body: personAnswerSchema } }

/** How people come in. Everything here may be asked by anyone, from the console's own pages. */
export function signInRoutes(parts: SignInParts): Route[] {
  return [
    {
      method: 'get',
      path: '/v1/console/session',
      summary: 'Who is signed in',
      callers: ['anyone'],
      answers: { 200: { description: 'The person, or null', body: sessionAnswerSchema } },
      problems: ['store_unavailable'],
      handle: (request, response) => session(parts, request, response),
    },
    {
      method: 'post',
      path: '/v1/console/set-up',
      summary: 'Make the first admin',
      description: 'With the token of the link that the start printed, once.',
      callers: ['anyone'],
      body: setUpSchema,
      answers: signedIn,
      problems: [...ofBodies, 'forbidden', 'already_set_up', 'too_many_sign_ins'],
      handle: (request, response) => setUp(parts, request, response),
    },
    {
      method: 'post',
      path: '/v1/console/sign-in',
      summary: 'Sign in with e-mail and password',
      callers: ['anyone'],
      body: signInSchema,
      answers: signedIn,
      problems: [...ofBodies, 'sign_in_failed', 'too_many_sign_ins'],
      handle: (request, response) => signIn(parts, request, response),
    },
    {
      method: 'post',
      path: '/v1/console/sign-out',
      summary: 'End this session',
      callers: ['anyone'],
      answers: { 204: { description: 'Signed out' } },
      problems: ['origin_not_allowed', 'store_unavailable'],
      handle: (request, response) => signOut(parts, request, response),
    },
    {
      method: 'post',
      path: '/v1/console/forgotten-password',
      summary: 'Mail a link that sets a new password',
      description: 'Answers the same whether the address is known or not.',
      callers: ['anyone'],
      body: z.strictObject({ email: emailSchema }),
      answers: { 204: { description: 'If there is such a person, a mail is on its way' } },
      problems: [...ofBodies, 'too_many_sign_ins'],
      handle: (request, response) => forgotten(parts, request, response),
    },
    {
      method: 'post',
      path: '/v1/console/links/look',
      summary: 'Whom a mailed link is for',
      callers: ['anyone'],
      body: z.strictObject({ token: z.string().max(200) }),
      answers: { 200: { description: 'The link still works', body: linkAnswerSchema } },
      problems: [...ofBodies, 'link_expired'],
      handle: (request, response) => lookAtLink(parts, request, response),
    },
    {
      method: 'post',
      path: '/v1/console/links/use',
      summary: 'Accept an invitation, or set a new password',
      description: 'A link works once. All earlier sessions of the person end.',
      callers: ['anyone'],
      body: useLinkSchema,
      answers: signedIn,
      problems: [...ofBodies, 'link_expired'],
      handle: (request, response) => useLink(parts, request, response),
    },
  ]
}

async function session(parts: SignInParts, request: RoutedRequest, response: ServerResponse): Promise<void> {
  const found = await parts.sessions.find(request)
  const needsSetUp = found === null && (await parts.people.people()).length === 0
  sendJson(response, 200, {
    person: found === null ? null : personAnswer(found.person),
    needsSetUp,
    singleSignOn: parts.hasSingleSignOn,
    needsApproval: parts.needsApproval,
  })
}

async function setUp(parts: SignInParts, request: RoutedRequest, response: ServerResponse): Promise<void> {
  const body = await readOwn(parts, request, setUpSchema)
  if (body instanceof Problem) return sendProblem(response, body)
  const email = emailKey(body.email)
  const refusal = await limited(parts, request, 'set-up')
  if (refusal !== null) return refuseFast(response, refusal)
  if (!parts.firstAdmin.fits(body.token)) {
    return sendProblem(response, new Problem('forbidden', 'This is not the link that the start printed.'))
  }
  const now = parts.now()
  const person: Person = {
    id: makeId('p'),
    email,
    name: body.name,
    role: 'admin',
    status: 'active',
    password: await hashPassword(body.password),
    subject: null,
    sessionsFromMs: now,
    createdAtMs: now,
    revision: 1,
  }
  if (!(await parts.people.addPerson(person, { onlyAsFirst: true }))) {
    return sendProblem(
      response,
      new Problem('already_set_up', 'There is an admin already. Ask them to invite you.'),
    )
  }
  parts.log.info({ person: person.id }, 'the first admin was made')
  await answerSignedIn(parts, person, request, response)
}

async function signIn(parts: SignInParts, request: RoutedRequest, response: ServerResponse): Promise<void> {
  const body = await readOwn(parts, request, signInSchema)
  if (body instanceof Problem) return sendProblem(response, body)
  const email = emailKey(body.email)
  const who = { email, address: parts.addressOf(request) ?? '' }
  const refusal = await parts.limit.attempt(who)
  if (refusal !== null) return refuseFast(response, refusal)
  const person = await parts.people.personByEmail(email)
  const known = person?.status === 'active' ? person.password : null
  const fits = await fitsPassword(body.password, known)
  if (person === null || !fits) {
    return sendProblem(response, new Problem('sign_in_failed', 'E-mail address and password do not fit.'))
  }
  await parts.limit.succeeded(who)
  await answerSignedIn(parts, person, request, response)
}

async function signOut(parts: SignInParts, request: RoutedRequest, response: ServerResponse): Promise<void> {
  const foreign = refuseForeignPage(request, parts.serviceUrl)
  if (foreign !== null) return sendProblem(response, foreign)
  const found = await parts.sessions.find(request)
  if (found !== null) await parts.sessionStore.endSession(found.session)
  response.writeHead(204, { 'Set-Cookie': parts.sessions.noCookie, 'Cache-Control': 'no-store' })
  response.end()
}

async function forgotten(
  parts: SignInParts,
  request: RoutedRequest,
  response: ServerResponse,
): Promise<void> {
  const body = await readOwn(parts, request, z.strictObject({ email: emailSchema }))
  if (body instanceof Problem) return sendProblem(response, body)
  const email = emailKey(body.email)
  const refusal = await limited(parts, request, `forgotten ${email}`)
  if (refusal !== null) return refuseFast(response, refusal)
  const person = await parts.people.personByEmail(email)
  // Not waited for: how long the answer takes would tell whether there is such a person.
  if (person !== null && person.status !== 'disabled') {
    mailLink(parts, person, person.status === 'invited' ? 'invitation' : 'password').catch((error) =>
      parts.log.warn({ error, person: person.id }, 'a mail with a link was not taken'),
    )
  }
  response.writeHead(204, { 'Cache-Control': 'no-store' })
  response.end()
}

async function lookAtLink(
  parts: SignInParts,
  request: RoutedRequest,
  response: ServerResponse,
): Promise<void> {
  const body = await readOwn(parts, request, z.strictObject({ token: z.string().max(200) }))
  if (body instanceof Problem) return sendProblem(response, body)
  const link = await parts.sessionStore.peekLink(hashToken(body.token))
  const person = link === null ? null : await parts.people.person(link.person)
  if (link === null || person === null || person.status === 'disabled')
    return sendProblem(response, expired())
  sendJson(response, 200, { email: person.email, name: person.name, purpose: link.purpose })
}

async function useLink(parts: SignInParts, request: RoutedRequest, response: ServerResponse): Promise<void> {
  const body = await readOwn(parts, request, useLinkSchema)
  if (body instanceof Problem) return sendProblem(response, body)
  const password = await hashPassword(body.password)
  const link = await parts.sessionStore.takeLink(hashToken(body.token))
  const person = link === null ? null : await parts.people.person(link.person)
  if (person === null || person.status === 'disabled') return sendProblem(response, expired())
  const changed: Person = {
    ...person,
    password,
    name: body.name ?? person.name,
    status: 'active',
    sessionsFromMs: parts.now(),
    revision: person.revision + 1,
  }
  if ((await parts.people.savePerson(changed, person.revision)) !== 'saved')
    return sendProblem(response, expired())
  await answerSignedIn(parts, changed, request, response)
}

function expired(): Problem {
  return new Problem(
    'link_expired',
    `Ask for a new one at ${linkPaths.password}, or ask an admin to invite you again.`,
  )
}

async function readOwn<Schema extends z.ZodType>(
  { serviceUrl }: SignInParts,
  request: RoutedRequest,
  schema: Schema,
): Promise<z.output<Schema> | Problem> {
  return refuseForeignPage(request, serviceUrl) ?? readJson(request, schema)
}

function limited(parts: SignInParts, request: RoutedRequest, email: string) {
  return parts.limit.attempt({ email, address: parts.addressOf(request) ?? '' })
}

function refuseFast(response: ServerResponse, { retryAfterSeconds }: { retryAfterSeconds: number }): void {
  const problem = new Problem('too_many_sign_ins', `Try again in ${retryAfterSeconds} seconds.`, {
    more: { retryAfter: retryAfterSeconds },
  })
  sendProblem(response, problem, { 'Retry-After': String(retryAfterSeconds) })
}

async function answerSignedIn(
  parts: SignInParts,
  person: Person,
  request: RoutedRequest,
  response: ServerResponse,
): Promise<void> {
  const { cookie } = await parts.sessions.begin(person, request)
  sendJson(response, 200, personAnswer(person), { 'Set-Cookie': cookie })
}
