import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ApiKey } from '../../src/console/api-key.ts'
import type { Person } from '../../src/console/person.ts'
import type { Session } from '../../src/console/session-store.ts'
import { ann } from '../publishing/examples.ts'
import { everyStore } from './stores.ts'

function personOf(parts: Partial<Person> & { id: string }): Person {
  return {
    email: `${parts.id}@example.com`,
    name: parts.id,
    role: 'editor',
    status: 'active',
    password: null,
    subject: null,
    sessionsFromMs: 0,
    createdAtMs: 1_000,
    revision: 1,
    ...parts,
  }
}

const hourMs = 3_600_000

function sessionOf(parts: Partial<Session> & { hash: string }): Session {
  const now = Date.now()
  return {
    id: `s_${parts.hash}`,
    person: 'ann',
    startedAtMs: now,
    seenAtMs: now,
    expiresAtMs: now + hourMs,
    userAgent: 'A browser',
    ...parts,
  }
}

for (const { name, stores } of everyStore()) {
  describe(`the people store on ${name}`, () => {
    const admin = personOf({ id: 'ann', role: 'admin' })
    const add = (person: Person, onlyAsFirst = false) => stores().people.addPerson(person, { onlyAsFirst })

    it('lets one of several be the first', async () => {
      const firsts = [admin, personOf({ id: 'eve', role: 'admin' }), personOf({ id: 'eva', role: 'admin' })]
      const added = [
        await add(admin, true),
        await add(firsts[1] ?? admin, true),
        await add(firsts[2] ?? admin, true),
      ]
      assert.deepEqual(added, [true, false, false])
      assert.deepEqual(await stores().people.people(), [admin])
    })

    it('gives an e-mail address and a subject to one person', async () => {
      const ben = personOf({ id: 'ben', subject: 'issuer|ben' })
      assert.equal(await add(ben), true)
      assert.equal(await add(personOf({ id: 'ben2', email: ben.email })), false)
      assert.equal(await add(personOf({ id: 'ben3', subject: ben.subject })), false)
      assert.deepEqual(await stores().people.personByEmail(ben.email), ben)
      assert.deepEqual(await stores().people.personBySubject('issuer|ben'), ben)
      assert.equal(await stores().people.personByEmail('nobody@example.com'), null)
    })

    it('lets one of two who change a person at once win', async () => {
      const cleo = personOf({ id: 'cleo' })
      await add(cleo)
      const save = (name: string) => stores().people.savePerson({ ...cleo, name, revision: 2 }, 1)
      const outcomes = await Promise.all([save('Cleo'), save('Kleo')])
      assert.deepEqual(outcomes.toSorted(), ['changed', 'saved'])
      assert.equal(
        await stores().people.savePerson({ ...cleo, subject: 'issuer|ben', revision: 3 }, 2),
        'changed',
      )
    })

    it('does not let the last admin go, whoever tries at once', async () => {
      const { people } = stores()
      const zoe = personOf({ id: 'zoe', role: 'admin' })
      await add(zoe)
      const outcomes = await Promise.all([
        people.savePerson({ ...admin, role: 'viewer', revision: 2 }, 1),
        people.savePerson({ ...zoe, status: 'disabled', revision: 2 }, 1),
      ])
      assert.deepEqual(outcomes.toSorted(), ['last_admin', 'saved'])
    })
  })

  describe(`the session store on ${name}`, () => {
    it('finds a session by its hash until it is ended', async () => {
      const { sessions } = stores()
      const one = sessionOf({ hash: 'one' })
      const other = sessionOf({ hash: 'other' })
      await sessions.saveSession(one)
      await sessions.saveSession(other)
      await sessions.saveSession(sessionOf({ hash: 'bens', person: 'ben' }))
      assert.deepEqual(await sessions.session('one'), one)
      const own = (await sessions.sessionsOf('ann')).map(({ hash }) => hash)
      assert.deepEqual(own.toSorted(), ['one', 'other'])
      await sessions.endSession(one)
      assert.equal(await sessions.session('one'), null)
      assert.deepEqual(await sessions.sessionsOf('ann'), [other])
    })

    it('forgets a session and a link that have expired', async () => {
      const { sessions } = stores()
      await sessions.saveSession(sessionOf({ hash: 'old', expiresAtMs: Date.now() - 1 }))
      await sessions.saveLink('old', { person: 'ann', purpose: 'password' }, Date.now() - 1)
      assert.equal(await sessions.session('old'), null)
      assert.equal(await sessions.takeLink('old'), null)
    })

    it('gives a link away once, whoever comes at the same time', async () => {
      const { sessions } = stores()
      const link = { person: 'ann', purpose: 'invitation' } as const
      await sessions.saveLink('fresh', link, Date.now() + hourMs)
      assert.deepEqual(await sessions.peekLink('fresh'), link)
      const taken = await Promise.all([1, 2, 3].map(() => sessions.takeLink('fresh')))
      assert.deepEqual(
        taken.filter((each) => each !== null),
        [link],
      )
    })
  })

  describe(`the store of keys on ${name}`, () => {
    it('keeps them, ended ones too, and its revision goes up with every change', async () => {
      const { apiKeys } = stores()
      const key: ApiKey = {
        id: 'k_1',
        name: 'CMS',
        hash: 'hash',
        site: 'demo',
        scopes: ['views'],
        createdAtMs: 1_000,
        createdBy: ann,
        endedAtMs: null,
      }
      assert.equal(await apiKeys.keysRevision(), 0)
      await apiKeys.saveApiKey(key)
      await apiKeys.saveApiKey({ ...key, endedAtMs: 2_000 })
      assert.deepEqual(await apiKeys.apiKeys(), [{ ...key, endedAtMs: 2_000 }])
      assert.equal(await apiKeys.keysRevision(), 2)
    })
  })
}
