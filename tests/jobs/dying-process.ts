import { startJobs } from '../../src/jobs/start-jobs.ts'
import { openRedisStores } from '../../src/stores/open.redis.ts'

/** Begins the job `dangerous`, says so, and never ends it: start-jobs.test.ts kills it. */
const quiet = { debug() {}, info() {}, warn() {}, error() {} }
const stores = await openRedisStores([new URL(process.argv[2] ?? '')], quiet, { deadlineMs: 10_000 })
startJobs({
  jobs: [
    {
      name: 'dangerous',
      everyMs: 3_600_000,
      run() {
        console.log('begun')
        return new Promise(() => {})
      },
    },
  ],
  leases: stores.leases,
  now: Date.now,
  log: quiet,
  pace: { leaseMs: 200, retryMs: 20, lookEveryMs: 5 },
})
