import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { mostSessions, type Session, seenEveryMs, sessionLifeMs } from '../../src/readers/account-store.ts'
import { everyStore } from './stores.ts'

let counted = 0
function another(what: string): string {
  counted += 1
  return `${what}-${counted}`
}

const now = Date.UTC(2026, 10, 24)

function aSession(changes: Partial<Session> = {}): Session {
  const device = { browser: 'Firefox', system: 'Linux' }
  return { id: another('session'), device, startedMs: now, seenMs: now, ...changes }
}

for (const { name, stores } of everyStore()) {
  describe(`the account store on ${name}`, () => {
    const accounts = () => stores().accounts

    it('keeps the key of the accounts’ names that it was given first', async () => {
      const key = await accounts().nameKey(another('key'))
      assert.equal(await accounts().nameKey(another('key')), key)
    })

    it('gives all who come by one name at once the same account', async () => {
      const named = another('name')
      const ids = await Promise.all(
        Array.from({ length: 20 }, () => accounts().accountNamed(named, another('id'))),
      )
      assert.equal(new Set(ids).size, 1)
      assert.notEqual(await accounts().accountNamed(another('name'), another('id')), ids[0])
    })

    it('knows an account as it was first noted', async () => {
      const reader = another('demo:a')
      const account = { name: another('name'), email: 'a@example.com', sinceMs: now }
      assert.equal(await accounts().account(reader), null)
      await accounts().saveAccount(reader, account)
      await accounts().saveAccount(reader, { ...account, sinceMs: now + 1 })
      assert.deepEqual(await accounts().account(reader), account)
    })

    it('lists the sessions that run, the one seen latest first', async () => {
      const reader = another('demo:a')
      const [older, newer] = [
        aSession(),
        aSession({ seenMs: now + 1, device: { browser: null, system: null } }),
      ]
      await accounts().startSession(reader, older)
      await accounts().startSession(reader, newer)
      assert.deepEqual(await accounts().sessions(reader, now), [newer, older])
      assert.deepEqual(await accounts().sessions(another('demo:a'), now), [])
    })

    it('begins a session once', async () => {
      const [reader, session] = [another('demo:a'), aSession()]
      await accounts().startSession(reader, session)
      await accounts().startSession(reader, { ...session, startedMs: now + 5, seenMs: now + 5 })
      assert.deepEqual(await accounts().sessions(reader, now), [session])
    })

    it('notes by the hour that a session was seen', async () => {
      const [reader, session] = [another('demo:a'), aSession()]
      await accounts().startSession(reader, session)
      const see = (at: number) => accounts().seeSession({ reader, session: session.id, now: at })
      const seen = async () => (await accounts().sessions(reader, now))[0]?.seenMs
      assert.equal(await see(now + seenEveryMs - 1), true)
      assert.equal(await seen(), now)
      assert.equal(await see(now + seenEveryMs), true)
      assert.equal(await seen(), now + seenEveryMs)
    })

    it('ends a session, for good and for nobody else', async () => {
      const [reader, session, other] = [another('demo:a'), aSession(), aSession()]
      await accounts().startSession(reader, session)
      await accounts().startSession(reader, other)
      assert.equal(await accounts().endSession(another('demo:a'), session.id), false)
      assert.equal(await accounts().endSession(reader, session.id), true)
      assert.equal(await accounts().endSession(reader, session.id), false)
      assert.equal(await accounts().seeSession({ reader, session: session.id, now }), false)
      assert.equal(await accounts().seeSession({ reader, session: other.id, now }), true)
    })

    it('ends a session that has not been seen for its whole life', async () => {
      const [reader, session] = [another('demo:a'), aSession()]
      await accounts().startSession(reader, session)
      const later = now + sessionLifeMs
      assert.equal(await accounts().seeSession({ reader, session: session.id, now: later - 1 }), true)
      const last = later - 1 + sessionLifeMs
      assert.deepEqual(await accounts().sessions(reader, last), [])
      assert.equal(await accounts().seeSession({ reader, session: session.id, now: last }), false)
    })

    it('has so many sessions of an account and no more: the ones unseen for longest end', async () => {
      const reader = another('demo:a')
      const sessions = Array.from({ length: mostSessions + 2 }, (_, nth) => aSession({ seenMs: now + nth }))
      for (const session of sessions) await accounts().startSession(reader, session)
      const running = await accounts().sessions(reader, now)
      assert.deepEqual(running, sessions.slice(2).toReversed())
    })

    it('begins a session although others were seen later: whoever has just signed in stays', async () => {
      const reader = another('demo:a')
      for (let nth = 0; nth < mostSessions; nth += 1)
        await accounts().startSession(reader, aSession({ seenMs: now + 1000 + nth }))
      const session = aSession()
      await accounts().startSession(reader, session)
      assert.equal(await accounts().seeSession({ reader, session: session.id, now }), true)
      assert.equal((await accounts().sessions(reader, now)).length, mostSessions)
    })

    it('forgets an account with its name and sessions, and may be told so twice', async () => {
      const [reader, named, session] = [another('demo:a'), another('name'), aSession()]
      const id = await accounts().accountNamed(named, another('id'))
      await accounts().saveAccount(reader, { name: named, email: 'a@example.com', sinceMs: now })
      await accounts().startSession(reader, session)
      await accounts().forgetAccount(reader)
      await accounts().forgetAccount(reader)
      assert.equal(await accounts().account(reader), null)
      assert.equal(await accounts().seeSession({ reader, session: session.id, now }), false)
      assert.notEqual(await accounts().accountNamed(named, another('id')), id)
    })
  })

  describe(`the store of mailed links on ${name}`, () => {
    const links = () => stores().signIns
    const request = {
      site: 'demo',
      email: 'a@example.com',
      browser: 'browser-a',
      session: 'session-a',
      returnTo: 'https://www.example.com/a?b=1',
      language: 'de',
    }

    it('tells what a link is for, however often it is looked at', async () => {
      const link = another('link')
      await links().saveLink(link, request, 60_000)
      assert.deepEqual(await links().link(link), request)
      assert.deepEqual(await links().link(link), request)
      assert.equal(await links().link(another('link')), null)
    })

    it('gives a link to one of twenty browsers that use it at once', async () => {
      const link = another('link')
      await links().saveLink(link, request, 60_000)
      const taken = await Promise.all(
        Array.from({ length: 20 }, (_, nth) => links().takeLink(link, `browser-${nth}`)),
      )
      assert.deepEqual(
        taken.filter((each) => each !== null),
        [request],
      )
    })

    it('lets the browser that has begun to use a link go on until it is finished', async () => {
      const link = another('link')
      await links().saveLink(link, request, 60_000)
      assert.deepEqual(await links().takeLink(link, 'browser-a'), request)
      assert.deepEqual(await links().takeLink(link, 'browser-a'), request)
      assert.equal(await links().takeLink(link, 'browser-b'), null)
      await links().finishLink(link)
      assert.equal(await links().takeLink(link, 'browser-a'), null)
      assert.equal(await links().link(link), null)
    })

    it('knows no link whose time is over', async () => {
      const link = another('link')
      await links().saveLink(link, request, 0)
      assert.equal(await links().link(link), null)
      assert.equal(await links().takeLink(link, 'browser-a'), null)
    })
  })
}
