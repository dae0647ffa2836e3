import { z } from 'zod'
import { type Person, personSchema, roleSchema } from './person.ts'

/** A person as the console shows them: without what is secret. */
export const personAnswerSchema = personSchema
  .pick({ id: true, email: true, name: true, status: true })
  .extend({
    role: roleSchema,
    hasPassword: z.boolean(),
    hasSingleSignOn: z.boolean().describe('Whether they have signed in by the identity provider'),
    createdAt: z.iso.datetime(),
  })
  .describe('A person')

export function personAnswer(person: Person): z.infer<typeof personAnswerSchema> {
  const { id, email, name, status, role, password, subject, createdAtMs } = person
  return {
    id,
    email,
    name,
    status,
    role,
    hasPassword: password !== null,
    hasSingleSignOn: subject !== null,
    createdAt: new Date(createdAtMs).toISOString(),
  }
}

export const emailSchema = z.email('an e-mail address such as ann@example.com').max(254)
export const nameSchema = z.string().trim().min(1, 'a name').max(80, 'at most 80 characters')
