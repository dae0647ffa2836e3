/** What the API answers, as the console reads it; docs/console-api.md tells more. */

export type Role = 'viewer' | 'editor' | 'publisher' | 'admin'
export type Author = { id: string; name: string }
export type FieldError = { field: string; expected: string }

export type Person = {
  id: string
  email: string
  name: string
  role: Role
  status: 'invited' | 'active' | 'disabled'
  hasPassword: boolean
  hasSingleSignOn: boolean
  createdAt: string
}

export type Session = {
  person: Person | null
  needsSetUp: boolean
  singleSignOn: boolean
  needsApproval: boolean
}

export type DraftSummary = {
  id: string
  title: string
  base: number
  revision: number
  status: 'open' | 'scheduled' | 'published' | 'discarded'
  createdBy: Author
  changedBy: Author
  createdAt: string
  changedAt: string
  failure: string | null
  version: number | null
  approval: { by: Author; at: string } | null
  schedule: { at: string; by: Author; why: string } | null
  outdated: boolean
}

export type Change = {
  kind: string
  key: string
  title: string
  change: 'added' | 'changed' | 'removed' | 'moved'
  words: string[]
}

export type DraftProblem = { kind: string; key: string | null; field: string; message: string }
export type Draft = DraftSummary & { changes: Change[]; problems: DraftProblem[] }

/** What an entry says; its kind's schema knows more. */
export type Values = Record<string, unknown>

export type Entry = {
  kind: string
  key: string
  title: string
  etag: string
  entry: Values
  archived: boolean
  change: 'added' | 'changed' | null
  problems: DraftProblem[]
}

export type Version = {
  number: number
  by: Author | null
  why: string
  draft: string | null
  approvedBy: Author | null
  restores: number | null
  publishedAt: string
}

export type Note = {
  number: number
  at: string
  by: Author | null
  action: string
  draft: string | null
  version: number | null
  subject: { kind: string; key: string } | null
  words: string[]
  why: string
}

export type Explanation = {
  rules: { rule: string; answered: boolean; says: string }[]
  offers: { id: string; chosen: boolean; says: string }[]
}

export type Key = {
  id: string
  name: string
  site: string | null
  scopes: string[]
  createdBy: Author
  createdAt: string
  endedAt: string | null
}

/** JSON Schema 2020-12, as much of it as the API's kinds are made of. */
export type Schema = {
  type?: string
  description?: string
  default?: unknown
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: boolean | Schema
  items?: Schema
  enum?: string[]
  const?: string
  anyOf?: Schema[]
  oneOf?: Schema[]
  format?: string
  pattern?: string
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
}

export type Kind = { kind: string; title: string; schema: Schema }
