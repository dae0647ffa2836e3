import { z } from 'zod'
import { Problem, wrongField } from '../http/problem.ts'
import type { Route } from '../http/route.ts'
import type { Actor } from './actor.ts'
import { consoleRoute, noBody, noQuery } from './console-route.ts'
import type { PeopleParts } from './parts.ts'
import { fitsPassword, hashPassword, newPasswordSchema } from './password.ts'
import { personAnswer, personAnswerSchema } from './person-answer.ts'

const passwordSchema = z.strictObject({
  current: z.string().max(1000).optional().describe('May be left out by who has none yet'),
  password: newPasswordSchema,
})

const sessionsSchema = z.object({
  sessions: z.array(
    z.object({
      id: z.string(),
      current: z.boolean().describe('The one that asks'),
      startedAt: z.iso.datetime(),
      seenAt: z.iso.datetime().describe('To within five minutes'),
      userAgent: z.string(),
    }),
  ),
})

/** What everybody may do about themselves. */
export function myAccountRoutes(parts: PeopleParts): Route[] {
  const { identify, people, sessions, sessionStore, limit } = parts
  return [
    consoleRoute(identify, {
      method: 'get',
      path: '/v1/console/sessions',
      summary: 'Where I am signed in',
      role: 'viewer',
      body: noBody,
      query: noQuery,
      answer: { description: 'My sessions, the latest first', body: sessionsSchema },
      async handle({ actor }) {
        const me = personOf(actor)
        if (me instanceof Problem) return me
        const own = await sessionStore.sessionsOf(me.person.id)
        const live = own.filter(({ startedAtMs }) => startedAtMs >= me.person.sessionsFromMs)
        return {
          sessions: live
            .toSorted((one, other) => other.seenAtMs - one.seenAtMs)
            .map(({ id, startedAtMs, seenAtMs, userAgent }) => ({
              id,
              current: id === me.session.id,
              startedAt: new Date(startedAtMs).toISOString(),
              seenAt: new Date(seenAtMs).toISOString(),
              userAgent,
            })),
        }
      },
    }),
    consoleRoute(identify, {
      method: 'delete',
      path: '/v1/console/sessions/:session',
      summary: 'Sign me out there',
      role: 'viewer',
      body: noBody,
      query: noQuery,
      answer: { description: 'Ended' },
      problems: ['not_found'],
      async handle({ actor, param }) {
        const me = personOf(actor)
        if (me instanceof Problem) return me
        const own = await sessionStore.sessionsOf(me.person.id)
        const found = own.find(({ id }) => id === param('session'))
        if (found === undefined) return new Problem('not_found', 'You have no such session.')
        return sessionStore.endSession(found)
      },
    }),
    consoleRoute(identify, {
      method: 'put',
      path: '/v1/console/password',
      summary: 'Change my password',
      description: 'All other sessions end; this one goes on with a new cookie.',
      role: 'viewer',
      body: passwordSchema,
      query: noQuery,
      answer: { description: 'Changed', body: personAnswerSchema },
      problems: ['person_changed', 'too_many_sign_ins'],
      async handle({ actor, body, request, response }) {
        const me = personOf(actor)
        if (me instanceof Problem) return me
        const { person } = me
        const who = { email: 'a change of password', address: person.id }
        const tooMany = await limit.attempt(who)
        if (tooMany !== null) {
          return new Problem('too_many_sign_ins', `Try again in ${tooMany.retryAfterSeconds} seconds.`)
        }
        if (person.password !== null && !(await fitsPassword(body.current ?? '', person.password))) {
          return wrongField('current', 'your present password')
        }
        await limit.succeeded(who)
        const password = await hashPassword(body.password)
        const changed = { ...person, password, sessionsFromMs: parts.now(), revision: person.revision + 1 }
        if ((await people.savePerson(changed, person.revision)) !== 'saved') {
          return new Problem('person_changed', 'Your account was changed meanwhile. Try again.')
        }
        await sessionStore.endSession(me.session)
        const { cookie } = await sessions.begin(changed, request)
        response.setHeader('Set-Cookie', cookie)
        return personAnswer(changed)
      },
    }),
  ]
}

/** A script has a key, and no account. */
function personOf({ signedIn }: Actor): NonNullable<Actor['signedIn']> | Problem {
  return signedIn ?? new Problem('forbidden', 'This is for people who are signed in, not for keys.')
}
