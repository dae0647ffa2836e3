import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { after, before, describe, it } from 'node:test'
import type { Job } from '../../src/jobs/job.ts'
import { startJobs } from '../../src/jobs/start-jobs.ts'
import { openRedisStores } from '../../src/stores/open.redis.ts'
import { openSqliteStores } from '../../src/stores/open.sqlite.ts'
import type { Stores } from '../../src/stores/stores.ts'
import { startRedis } from '../support/redis.ts'

const hourMs = 3_600_000
const quiet = { debug() {}, info() {}, warn() {}, error() {} }
const quick = { leaseMs: 200, retryMs: 20, lookEveryMs: 5 }

let redis: Awaited<ReturnType<typeof startRedis>>
let stores: Stores
before(async () => {
  redis = await startRedis()
  stores = await openRedisStores([new URL(redis.url)], quiet, { deadlineMs: 10_000 })
})
after(async () => {
  await stores.close()
  await redis.stop()
})

/** Resolves when `holds` does; the test's own time limit is the only one. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve))
}

function aProcess(job: Job, more: Partial<Parameters<typeof startJobs>[0]> = {}) {
  return startJobs({ jobs: [job], leases: stores.leases, now: Date.now, log: quiet, pace: quick, ...more })
}

describe('a job', () => {
  it('is done once at the start, however many processes start together', async () => {
    let runs = 0
    const job: Job = {
      name: 'together',
      everyMs: hourMs,
      async run() {
        runs += 1
      },
    }
    const all = Array.from({ length: 5 }, () => aProcess(job))
    await until(() => runs > 0)
    for (const each of all) await each.stop()
    assert.equal(runs, 1)
  })

  it('is done again when it is due, once, also where the sandbox has moved the clock', async () => {
    let clock = Date.now()
    let runs = 0
    const ended: number[] = []
    const job: Job = {
      name: 'moved-clock',
      everyMs: hourMs,
      async run() {
        runs += 1
      },
    }
    const more = { now: () => clock, onRun: () => ended.push(runs) }
    const all = [aProcess(job, more), aProcess(job, more), aProcess(job, more)]
    for (const expected of [1, 2, 3]) {
      await until(() => ended.length === expected)
      clock += hourMs
    }
    await until(() => runs === 4)
    for (const each of all) await each.stop()
    assert.equal(runs, 4)
  })

  it('has been done when somebody who moves the clock has waited for it', async () => {
    let clock = Date.now()
    let runs = 0
    const job: Job = {
      name: 'waited-for',
      everyMs: hourMs,
      async run() {
        await new Promise((resolve) => setImmediate(resolve))
        runs += 1
      },
    }
    const running = aProcess(job, { now: () => clock })
    for (const expected of [1, 2, 3]) {
      await running.catchUp()
      assert.equal(runs, expected)
      clock += hourMs
    }
    await running.stop()
  })

  it('is held while it runs for longer than a lease', async () => {
    const long = Promise.withResolvers<void>()
    let runs = 0
    const job: Job = {
      name: 'long',
      everyMs: hourMs,
      run() {
        runs += 1
        return long.promise
      },
    }
    let renewals = 0
    const leases = {
      ...stores.leases,
      async keepJob(hold: Parameters<typeof stores.leases.keepJob>[0]) {
        renewals += 1
        return stores.leases.keepJob(hold)
      },
    }
    const first = aProcess(job, { leases })
    await until(() => runs === 1)
    const second = aProcess(job)
    await until(() => renewals === 5)
    assert.equal(runs, 1)
    long.resolve()
    await first.stop()
    await second.stop()
    assert.equal(runs, 1)
  })

  it('is taken over when the process that was doing it dies', async () => {
    const dying = spawn(process.execPath, ['tests/jobs/dying-process.ts', redis.url], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(dying.stdout, 'data')
    let runs = 0
    const job: Job = {
      name: 'dangerous',
      everyMs: hourMs,
      async run() {
        runs += 1
      },
    }
    const heir = aProcess(job)
    dying.kill('SIGKILL')
    await once(dying, 'exit')
    await until(() => runs === 1)
    await heir.stop()
  })

  it('that fails is told in the log and tried again soon', async () => {
    const said: unknown[] = []
    const outcomes: string[] = []
    let runs = 0
    const job: Job = {
      name: 'fails-twice',
      everyMs: hourMs,
      async run() {
        runs += 1
        if (runs < 3) throw new Error('not yet')
      },
    }
    const running = aProcess(job, {
      log: { ...quiet, error: (details: unknown) => said.push(details) },
      onRun: ({ outcome }) => outcomes.push(outcome),
    })
    await until(() => outcomes.length === 3)
    await running.stop()
    assert.deepEqual(outcomes, ['failed', 'failed', 'done'])
    assert.equal(said.length, 2)
  })

  it('under way at a stop is waited for, and nothing begins after it', async () => {
    const run = Promise.withResolvers<void>()
    let began = false
    let ended = false
    const job: Job = {
      name: 'stopped',
      everyMs: 1,
      async run() {
        began = true
        await run.promise
        ended = true
      },
    }
    const sqlite = openSqliteStores(':memory:', Date.now)
    const running = aProcess(job, { leases: sqlite.leases })
    await until(() => began)
    const stopped = running.stop()
    run.resolve()
    await stopped
    assert.equal(ended, true)
    await sqlite.close()
  })
})

describe('without the store', () => {
  it('no job runs, and each does when it is back', async () => {
    let away = true
    let asked = 0
    let runs = 0
    const leases = {
      ...stores.leases,
      async takeJob(claim: Parameters<typeof stores.leases.takeJob>[0]) {
        asked += 1
        if (away) throw new Error('Connection is closed.')
        return stores.leases.takeJob(claim)
      },
    }
    const job: Job = {
      name: 'patient',
      everyMs: hourMs,
      async run() {
        runs += 1
      },
    }
    const running = aProcess(job, { leases })
    await until(() => asked === 3)
    assert.equal(runs, 0)
    away = false
    await until(() => runs === 1)
    await running.stop()
  })
})
