import { readFileSync } from 'node:fs'
import type { Cluster, Redis, Result } from 'ioredis'
import { z } from 'zod'
import { keys } from '../stores/keys.redis.ts'
import type { PeopleStore } from './people-store.ts'
import { type Person, personSchema } from './person.ts'

declare module 'ioredis' {
  interface RedisCommander<Context> {
    addPerson(people: string, names: string, ...person: string[]): Result<number, Context>
    savePerson(people: string, names: string, ...person: (string | number)[]): Result<string, Context>
  }
}

/** People in a hash of id → JSON, and a hash that finds them by e-mail address and by their subject. */
export function createRedisPeopleStore(redis: Redis | Cluster): PeopleStore {
  redis.defineCommand('addPerson', { numberOfKeys: 2, lua: script('add-person.lua') })
  redis.defineCommand('savePerson', { numberOfKeys: 2, lua: script('save-person.lua') })

  async function person(id: string | null): Promise<Person | null> {
    const json = id === null ? null : await redis.hget(keys.people, id)
    return json === null ? null : readPerson(json)
  }

  return {
    people: async () => (await redis.hvals(keys.people)).map(readPerson),
    person,
    personByEmail: async (email) => person(await redis.hget(keys.peopleNames, `email:${email}`)),
    personBySubject: async (subject) => person(await redis.hget(keys.peopleNames, `subject:${subject}`)),
    async addPerson(added, { onlyAsFirst }) {
      const json = JSON.stringify(added)
      const first = onlyAsFirst ? '1' : '0'
      return (
        (await redis.addPerson(keys.people, keys.peopleNames, added.id, json, first, ...namesOf(added))) === 1
      )
    },
    async savePerson(saved, revision) {
      const isAdmin = saved.role === 'admin' && saved.status === 'active' ? '1' : '0'
      const person = [saved.id, JSON.stringify(saved), revision, isAdmin, ...namesOf(saved)]
      return outcomeSchema.parse(await redis.savePerson(keys.people, keys.peopleNames, ...person))
    },
  }
}

function script(name: string): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8')
}

function namesOf({ email, subject }: Person): string[] {
  return [`email:${email}`, ...(subject === null ? [] : [`subject:${subject}`])]
}

const outcomeSchema = z.enum(['saved', 'changed', 'last_admin'])

function readPerson(json: string): Person {
  return personSchema.parse(JSON.parse(json))
}
