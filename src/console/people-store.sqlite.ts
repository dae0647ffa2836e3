import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { inTransaction } from '../stores/transaction.sqlite.ts'
import type { PeopleStore } from './people-store.ts'
import { type Person, personSchema } from './person.ts'

/** People in SQLite. */
export function createSqlitePeopleStore(database: DatabaseSync): PeopleStore {
  database.exec(tables)
  const selectAll = database.prepare('SELECT person FROM people')
  const selectById = database.prepare('SELECT person FROM people WHERE id = ?')
  const selectByEmail = database.prepare('SELECT person FROM people WHERE email = ?')
  const selectBySubject = database.prepare('SELECT person FROM people WHERE subject = ?')
  const insert = database.prepare(
    'INSERT OR IGNORE INTO people (id, email, subject, person) VALUES (?, ?, ?, ?)',
  )
  const update = database.prepare(
    'UPDATE OR IGNORE people SET email = ?, subject = ?, person = ? WHERE id = ?',
  )

  const everyone = () => selectAll.all().map(readPerson)
  const one = (row: unknown) => (row === undefined ? null : readPerson(row))

  return {
    people: async () => everyone(),
    person: async (id) => one(selectById.get(id)),
    personByEmail: async (email) => one(selectByEmail.get(email)),
    personBySubject: async (subject) => one(selectBySubject.get(subject)),
    async addPerson(person, { onlyAsFirst }) {
      return inTransaction(database, () => {
        if (onlyAsFirst && everyone().length > 0) return false
        const { id, email, subject } = person
        return insert.run(id, email, subject, JSON.stringify(person)).changes === 1
      })
    },
    async savePerson(person, revision) {
      return inTransaction(database, () => {
        const others = everyone().filter(({ id }) => id !== person.id)
        if (one(selectById.get(person.id))?.revision !== revision) return 'changed'
        if (![person, ...others].some(isActiveAdmin)) return 'last_admin'
        const { id, email, subject } = person
        const { changes } = update.run(email, subject, JSON.stringify(person), id)
        return changes === 1 ? 'saved' : 'changed'
      })
    },
  }
}

const tables = `
  CREATE TABLE IF NOT EXISTS people (
    id TEXT PRIMARY KEY, email TEXT NOT NULL UNIQUE, subject TEXT UNIQUE, person TEXT NOT NULL
  ) WITHOUT ROWID;
`

const personRow = z.object({ person: z.string() })

function readPerson(row: unknown): Person {
  return personSchema.parse(JSON.parse(personRow.parse(row).person))
}

function isActiveAdmin({ role, status }: Person): boolean {
  return role === 'admin' && status === 'active'
}
