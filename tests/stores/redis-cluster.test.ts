import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { clusterSlot } from '../../src/stores/cluster-slot.ts'
import { type Answer, startLoad, view } from '../support/load.ts'
import { startRedisCluster, until } from '../support/redis-cluster.ts'
import { type Service, startService } from '../support/service.ts'
import { assertCounted, assertNoErrorPage, unavailable } from './checks.ts'

let cluster: Awaited<ReturnType<typeof startRedisCluster>>
let service: Service

const opened = new AsyncDisposableStack()
before(async () => {
  cluster = opened.adopt(await startRedisCluster(), (started) => started.stop())
  const environment = { REDIS_URL: cluster.url }
  service = opened.adopt(await startService({ environment }), (started) => started.stop())
})
after(() => opened.disposeAsync())

it('a reader’s slot is the one that Redis computes', async () => {
  for (const reader of ['demo:abcdefghijklmnop', 'a:0', 'the-harbor-lantern:Zz_-09azAZ09azAZ', '123456789']) {
    assert.equal(clusterSlot(reader), await cluster.client(0).cluster('KEYSLOT', `v:{${reader}}`))
  }
})

it('readers are counted, and notice nothing, while their slots move from one master to another', async () => {
  const load = startLoad(service)
  await load.more(120)
  const slots = await slotsInUse()
  for (const slot of slots) {
    await cluster.moveSlot(slot, { from: 0, to: 1 })
    await load.more(16)
  }
  assert.deepEqual(await slotsInUse(), new Set())
  const answers = await load.stop()
  assertNoErrorPage(answers)
  assert.deepEqual(unavailable(answers), [])
  await assertCounted(service, answers)
})

it('a reader whose slot is just on the move is asked for again until it has arrived', async () => {
  const readers = Array.from({ length: 12 }, (_, index) => `moving-${index}`)
  const open = () => Promise.all(readers.map((reader) => view(service, reader, 'article')))
  await open()
  const [slot] = await slotsInUse()
  assert.ok(slot !== undefined)
  let again: Promise<Answer[]> | null = null
  await cluster.moveSlot(slot, {
    from: 0,
    to: 1,
    async halfway(source) {
      await source.config('RESETSTAT')
      again = open()
      await until(async () => (await source.info('errorstats')).includes('errorstat_TRYAGAIN'))
    },
  })
  assert.deepEqual(new Set((await (again ?? open())).map(({ reason }) => reason)), new Set(['reread']))
})

/** The slots of the first master that hold readers' records. */
async function slotsInUse(): Promise<Set<number>> {
  const records = await cluster.client(0).keys('v:*')
  return new Set(records.map((key) => clusterSlot(key.slice('v:{'.length, -1))))
}
