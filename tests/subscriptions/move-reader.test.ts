import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { Redis } from 'ioredis'
import { createRedisSubscriptionStore } from '../../src/subscriptions/subscription-store.redis.ts'
import { startRedis } from '../support/redis.ts'
import { deathAt } from './desk.ts'
import { anAccess, anAccessWrite, anAttempt } from './examples.ts'

let server: Awaited<ReturnType<typeof startRedis>>
let redis: Redis
before(async () => {
  server = await startRedis()
  redis = new Redis(server.url)
})
after(async () => {
  redis.disconnect()
  await server.stop()
})

/** A connection with something called after each command. */
function interrupted(between: () => void): Redis {
  return new Proxy(redis, {
    get(target, name) {
      const member = Reflect.get(target, name, target)
      if (typeof member !== 'function' || name === 'defineCommand') return member
      return async (...given: unknown[]) => {
        const reply = await Reflect.apply(member, target, given)
        between()
        return reply
      }
    },
  })
}

/** A reader who has bought once, and has a page open to buy on. */
async function aBuyer(reader: string) {
  const store = createRedisSubscriptionStore(redis)
  const [bought, open] = [`at_bought_${reader}`, `at_open_${reader}`]
  for (const id of [bought, open]) await store.saveAttempt(anAttempt({ id, reader }))
  await store.attemptEnded(bought, 'complete')
  await store.saveCustomer(reader, `cus_${reader}`)
  const access = anAccess({ attempt: bought, subscription: `sub_${reader}` })
  const write = anAccessWrite({ reader, attempt: bought, subscription: access.subscription, access })
  await store.saveAccess(write)
  return { store, bought, open, access, write }
}

it('a move of purchases that breaks off between any two commands loses nothing, and is ended by doing it again', async () => {
  let deaths = 0
  for (let moment = 1; ; moment += 1) {
    const [from, into] = [`demo:from-${moment}`, `demo:into-${moment}`]
    const { store, open, access, write } = await aBuyer(from)
    const death = deathAt(moment)
    const dying = createRedisSubscriptionStore(interrupted(death.between))
    await dying.moveReader(from, into).catch((error: Error) => assert.match(error.message, /dies/))

    // Whoever of the two reads meanwhile, the purchase is there; and what Stripe says meanwhile is not lost.
    assert.ok((await store.access(from)) ?? (await store.access(into)), `moment ${moment}`)
    const later = { ...access, untilMs: access.untilMs + 1 }
    await store.saveAccess({ ...write, access: later, ticket: 2 })

    await store.moveReader(from, into)
    assert.deepEqual(await store.access(into), later, `moment ${moment}`)
    assert.equal(await store.access(from), null)
    assert.deepEqual(await store.openAttempts(into), [open])
    assert.deepEqual(await store.openAttempts(from), [])
    assert.equal((await store.attempt(open))?.reader, into)
    assert.equal(await store.customer(into), `cus_${from}`)
    if (!death.died()) break
    deaths = moment
  }
  assert.ok(deaths >= 5, `${deaths} deaths`)
})
