import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { articleFingerprint, leastRetainSeconds } from '../../src/metering/views.ts'
import { createEnterAccount, type EnterAccountParts } from '../../src/readers/enter-account.ts'
import { newId, newIdentity, signedInAt } from '../../src/readers/identity.ts'
import { readerKey } from '../../src/readers/reader-key.ts'
import { openSqliteStores } from '../../src/stores/open.sqlite.ts'
import { anAccess, anAccessWrite, anAttempt } from '../subscriptions/examples.ts'
import { roomRules } from '../support/reading-room.ts'

const now = Date.UTC(2026, 10, 24, 12)
const site = roomRules({ meter: { limit: { anonymous: 2, registered: 4 } } })
const stores = openSqliteStores(':memory:', () => now)
after(() => stores.close())

/** The stores, of which the nth write fails, as if the process died there. */
function dyingAt(nth: number): EnterAccountParts {
  let steps = 0
  const step = <Args extends unknown[]>(write: (...args: Args) => Promise<void>) => {
    return async (...args: Args) => {
      steps += 1
      if (steps === nth) throw new Error('the process died')
      await write(...args)
    }
  }
  const { accounts, meter, subscriptions, ampLinks } = stores
  return {
    accounts: {
      ...accounts,
      saveAccount: step(accounts.saveAccount),
      startSession: step(accounts.startSession),
    },
    meter: { ...meter, mergeReaders: step(meter.mergeReaders) },
    subscriptions: { ...subscriptions, moveReader: step(subscriptions.moveReader) },
    ampLinks: { ...ampLinks, moveReader: step(ampLinks.moveReader) },
  }
}

async function aReaderWhoBought() {
  const identity = newIdentity()
  const reader = readerKey(site.site.id, identity.browser)
  const [meter] = site.meters
  assert.ok(meter)
  await stores.meter.recordView(reader, {
    article: articleFingerprint('A'),
    atSeconds: now / 1000 - 60,
    retainSeconds: leastRetainSeconds,
    meters: [{ meter: meter.fingerprint, limit: 9, ...meter.windowAt(now) }],
    nudges: [],
  })
  const attempt = anAttempt({ id: `at_${identity.browser}`, reader })
  await stores.subscriptions.saveAttempt(attempt)
  const access = anAccess({ attempt: attempt.id, untilMs: now + 1 })
  await stores.subscriptions.saveAccess(anAccessWrite({ reader, attempt: attempt.id, access }))
  return identity
}

describe('signing in, where the process dies half-way', () => {
  for (const [nth, step] of [
    [1, 'before anything was done'],
    [2, 'before what was read has followed'],
    [3, 'before what was bought has followed'],
    [4, 'before what was connected of AMP has followed'],
    [5, 'before the session has begun'],
  ] as const) {
    it(`${step}: signing in again completes it`, async () => {
      const identity = await aReaderWhoBought()
      const ampReader = `demo:amp-${identity.browser}`
      const reader = readerKey(site.site.id, identity.browser)
      await stores.ampLinks.connect({ ampReader, reader, registered: false, now, expiresAtMs: now + 1 })
      const entering = {
        identity,
        site,
        account: { id: newId(), name: null, email: null },
        session: newId(),
        userAgent: undefined,
        now,
      }
      await assert.rejects(createEnterAccount(dyingAt(nth))(entering), /died/)
      for (const _again of [1, 2]) {
        const entered = await createEnterAccount(stores)(entering)
        assert.equal(signedInAt(entered, site.site.id)?.session, entering.session)
      }
      const account = readerKey(site.site.id, entering.account.id)
      assert.equal((await stores.meter.readerFacts(account)).views.length, 1)
      assert.notEqual(await stores.subscriptions.access(account), null)
      assert.equal((await stores.accounts.sessions(account, now)).length, 1)
      assert.deepEqual(await stores.ampLinks.connected(ampReader), { reader: account, registered: true })
    })
  }
})
