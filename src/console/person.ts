import { z } from 'zod'

/** From least to most; each may do what the ones before it may. */
export const roles = ['viewer', 'editor', 'publisher', 'admin'] as const
export const roleSchema = z
  .enum(roles)
  .describe(
    'viewer: looks; editor: writes drafts; publisher: publishes and approves; admin: people and keys too',
  )
export type Role = z.infer<typeof roleSchema>

/** Somebody who may work in the console. Epoch milliseconds. */
export const personSchema = z.object({
  id: z.string(),
  email: z.string().describe('In lower case'),
  name: z.string(),
  role: roleSchema,
  status: z.enum(['invited', 'active', 'disabled']),
  password: z.string().nullable().describe('Its argon2id hash; null for who has none'),
  subject: z.string().nullable().describe('Who this is at the identity provider: issuer and subject'),
  sessionsFromMs: z.int().describe('Sessions from before have ended'),
  createdAtMs: z.int(),
  revision: z.int(),
})

export type Person = z.infer<typeof personSchema>

/** Whether a role includes another one. */
export function includesRole(role: Role, needed: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(needed)
}

/** E-mail addresses are compared in this form. */
export function emailKey(email: string): string {
  return email.trim().normalize('NFC').toLowerCase()
}
