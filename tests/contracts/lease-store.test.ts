import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { JobClaim } from '../../src/jobs/lease-store.ts'
import { everyStore } from './stores.ts'

const hourMs = 3_600_000
const startedMs = Date.UTC(2026, 10, 24, 12)

let jobs = 0
function anotherJob(): string {
  jobs += 1
  return `job-${jobs}`
}

for (const { name, stores } of everyStore()) {
  describe(`the lease store on ${name}`, () => {
    const leases = () => stores().leases

    function take(job: string, holder: string, changes: Partial<JobClaim> = {}) {
      return leases().takeJob({ job, holder, leaseMs: hourMs, nowMs: startedMs, startedMs, ...changes })
    }

    it('gives a job to one process, and tells the others that somebody has it', async () => {
      const job = anotherJob()
      const claims = await Promise.all(['a', 'b', 'c', 'd'].map((holder) => take(job, holder)))
      assert.equal(claims.filter(({ taken }) => taken).length, 1)
      assert.deepEqual(await take(job, 'e'), { taken: false, dueMs: null })
    })

    it('keeps jobs apart', async () => {
      assert.deepEqual(await take(anotherJob(), 'a'), { taken: true })
      assert.deepEqual(await take(anotherJob(), 'b'), { taken: true })
    })

    it('after a run, says when the next one is due, and gives the job away then', async () => {
      const job = anotherJob()
      await take(job, 'a')
      const dueMs = startedMs + hourMs
      await leases().endJob({ job, holder: 'a', endedMs: startedMs + 5, dueMs })
      for (const holder of ['a', 'b']) {
        assert.deepEqual(await take(job, holder, { nowMs: dueMs - 1 }), { taken: false, dueMs })
      }
      assert.deepEqual(await take(job, 'b', { nowMs: dueMs }), { taken: true })
    })

    it('lets a process that has started since the last run do it at once', async () => {
      const job = anotherJob()
      await take(job, 'a')
      await leases().endJob({ job, holder: 'a', endedMs: startedMs + 5, dueMs: startedMs + hourMs })
      const later = startedMs + 6
      assert.deepEqual(await take(job, 'b', { startedMs: later, nowMs: later }), { taken: true })
    })

    it('gives a job on when its process has died', async () => {
      const job = anotherJob()
      await take(job, 'dies', { leaseMs: 20 })
      let claim = await take(job, 'b')
      while (!claim.taken) {
        assert.equal(claim.dueMs, null)
        claim = await take(job, 'b')
      }
      assert.equal(await leases().keepJob({ job, holder: 'dies', leaseMs: hourMs }), false)
    })

    it('lets a process hold on for longer than it said at first', async () => {
      const job = anotherJob()
      await take(job, 'a', { leaseMs: 1 })
      assert.equal(await leases().keepJob({ job, holder: 'a', leaseMs: hourMs }), true)
      assert.deepEqual(await take(job, 'b'), { taken: false, dueMs: null })
      assert.equal(await leases().keepJob({ job, holder: 'b', leaseMs: hourMs }), false)
    })

    it('takes no word of a run from a process that has lost the job', async () => {
      const job = anotherJob()
      await take(job, 'a')
      await leases().endJob({ job, holder: 'b', endedMs: startedMs + 5, dueMs: startedMs + hourMs })
      assert.deepEqual(await take(job, 'c'), { taken: false, dueMs: null })
    })
  })
}
