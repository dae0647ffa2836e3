import { z } from 'zod'
import { Problem } from '../http/problem.ts'
import type { Route } from '../http/route.ts'
import { MailNotTaken } from '../mail/mail.ts'
import { consoleRoute, noBody, noQuery } from './console-route.ts'
import { mailLink } from './mailed-link.ts'
import type { PeopleParts } from './parts.ts'
import { emailKey, type Person, roleSchema } from './person.ts'
import { emailSchema, nameSchema, personAnswer, personAnswerSchema } from './person-answer.ts'
import { makeId } from './secret-token.ts'

const inviteSchema = z.strictObject({ email: emailSchema, name: nameSchema, role: roleSchema })

const changeSchema = z.strictObject({
  name: nameSchema.optional(),
  role: roleSchema.optional(),
  status: z
    .enum(['active', 'disabled'])
    .optional()
    .describe('Whoever is disabled cannot sign in; their sessions end'),
})

const peopleSchema = z.object({ people: z.array(personAnswerSchema) })

/** Who may work here. Only admins change that. */
export function peopleRoutes(parts: PeopleParts): Route[] {
  const { identify, people, log } = parts

  async function invite(person: Person, by: string): Promise<Problem | Person> {
    try {
      await mailLink(parts, person, 'invitation', by)
      return person
    } catch (error) {
      if (!(error instanceof MailNotTaken)) throw error
      log.warn({ error, person: person.id }, 'an invitation was not taken')
      const detail = 'The person is there, but the mail was not taken. Send the invitation again later.'
      return new Problem('mail_unavailable', detail, { more: { person: personAnswer(person) } })
    }
  }

  return [
    consoleRoute(identify, {
      method: 'get',
      path: '/v1/console/people',
      summary: 'Who may work in the console',
      role: 'viewer',
      body: noBody,
      query: noQuery,
      answer: { description: 'Everyone, by name', body: peopleSchema },
      async handle() {
        const everyone = (await people.people()).toSorted((one, other) => one.name.localeCompare(other.name))
        return { people: everyone.map(personAnswer) }
      },
    }),
    consoleRoute(identify, {
      method: 'post',
      path: '/v1/console/people',
      summary: 'Invite somebody',
      description: 'They get a mail with a link that works once, for seven days.',
      role: 'admin',
      body: inviteSchema,
      query: noQuery,
      answer: { status: 201, description: 'Invited', body: personAnswerSchema },
      problems: ['person_exists', 'mail_unavailable'],
      async handle({ actor, body }) {
        const now = parts.now()
        const person: Person = {
          id: makeId('p'),
          email: emailKey(body.email),
          name: body.name,
          role: body.role,
          status: 'invited',
          password: null,
          subject: null,
          sessionsFromMs: now,
          createdAtMs: now,
          revision: 1,
        }
        if (!(await people.addPerson(person, { onlyAsFirst: false }))) {
          return new Problem('person_exists', `${person.email} is somebody here already.`)
        }
        log.info({ person: person.id, role: person.role, by: actor.author.id }, 'somebody was invited')
        const invited = await invite(person, actor.author.name)
        return invited instanceof Problem ? invited : personAnswer(invited)
      },
    }),
    consoleRoute(identify, {
      method: 'post',
      path: '/v1/console/people/:person/invitation',
      summary: 'Send the invitation again',
      role: 'admin',
      body: noBody,
      query: noQuery,
      answer: { description: 'Sent' },
      problems: ['not_found', 'person_exists', 'mail_unavailable'],
      async handle({ actor, param }) {
        const person = await people.person(param('person'))
        if (person === null) return noPerson()
        if (person.status !== 'invited')
          return new Problem('person_exists', `${person.name} has joined already.`)
        return invite(person, actor.author.name)
      },
    }),
    consoleRoute(identify, {
      method: 'put',
      path: '/v1/console/people/:person',
      summary: 'Change a person’s name, role or status',
      description: 'It holds at once, for the sessions they have too.',
      role: 'admin',
      body: changeSchema,
      query: noQuery,
      answer: { description: 'Changed', body: personAnswerSchema },
      problems: ['not_found', 'last_admin', 'person_changed'],
      async handle({ actor, body, param }) {
        const person = await people.person(param('person'))
        if (person === null) return noPerson()
        const { name = person.name, role = person.role, status = person.status } = body
        if (person.status === 'invited' && status === 'active') return noPerson()
        const sessionsFromMs = status === 'disabled' ? parts.now() : person.sessionsFromMs
        const changed = { ...person, name, role, status, sessionsFromMs, revision: person.revision + 1 }
        log.info({ person: person.id, role, status, by: actor.author.id }, 'a person was changed')
        return saved(changed, await people.savePerson(changed, person.revision))
      },
    }),
    consoleRoute(identify, {
      method: 'post',
      path: '/v1/console/people/:person/end-sessions',
      summary: 'Sign a person out everywhere',
      role: 'admin',
      body: noBody,
      query: noQuery,
      answer: { description: 'All their sessions have ended', body: personAnswerSchema },
      problems: ['not_found', 'last_admin', 'person_changed'],
      async handle({ param }) {
        const person = await people.person(param('person'))
        if (person === null) return noPerson()
        const changed = { ...person, sessionsFromMs: parts.now() + 1, revision: person.revision + 1 }
        return saved(changed, await people.savePerson(changed, person.revision))
      },
    }),
  ]
}

function saved(person: Person, outcome: 'saved' | 'changed' | 'last_admin') {
  if (outcome === 'saved') return personAnswer(person)
  return outcome === 'last_admin'
    ? new Problem('last_admin', 'Somebody has to remain an admin. Make somebody else one first.')
    : new Problem('person_changed', 'The person was changed meanwhile. Look again.')
}

function noPerson(): Problem {
  return new Problem('not_found', 'There is no such person.')
}
