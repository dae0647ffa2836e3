import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { watchExperiments } from '../../src/console/watch-experiments.ts'
import { prepareRules } from '../../src/paywall/rules.ts'
import type { Configuration } from '../../src/publishing/configuration.ts'
import { loadConfiguration } from '../../src/publishing/load-configuration.ts'
import type { Publisher } from '../../src/publishing/publisher.ts'
import { noCounts } from '../../src/reports/measures.ts'
import { openSqliteStores } from '../../src/stores/open.sqlite.ts'

const now = Date.parse('2026-11-24T12:00:00Z')
const { configuration: shipped } = await loadConfiguration('config', { firstStartedAt: now })

/** Of 1000 readers of the variant so many were stopped; which experiments are published as ended then? */
async function endedWith({ stopped, mostStopped }: { stopped: number; mostStopped?: number }) {
  const stores = openSqliteStores(':memory:', () => now)
  const readers = Array.from({ length: 1000 }, (_, index) => `demo:${index}`)
  const places = [{ dimension: 'group' as const, value: 'limit/two' }]
  const cells = [{ places, counts: noCounts(), readers, stopped: readers.slice(0, stopped) }]
  await stores.reports.add({ site: 'demo', day: '2026-11-24', cells, reached: [] })
  const configuration: Configuration = {
    ...shipped,
    experiments: [
      {
        id: 'limit',
        site: 'demo',
        hypothesis: 'More buy.',
        variants: [{ id: 'two', share: 50 }],
        readersWanted: 1000,
        ...(mostStopped !== undefined && { mostStopped }),
        status: 'running',
      },
    ],
  }
  const rules = prepareRules({
    configuration,
    version: 3,
    serviceUrl: new URL('http://localhost:3000'),
    crawlers: () => false,
  })
  const published: { configuration: Configuration; why: string }[] = []
  const publisher: Pick<Publisher, 'amend'> = {
    async amend(change, { why }) {
      published.push({ configuration: change(configuration), why })
      throw new Error('published')
    },
  }
  const job = watchExperiments({
    rules: () => rules,
    reports: stores.reports,
    publisher,
    log: { warn() {} },
    now: () => now,
  })
  await job.run().catch(() => {})
  await stores.close()
  return published.map(({ configuration, why }) => ({ status: configuration.experiments[0]?.status, why }))
}

describe('the guardrail of an experiment', () => {
  it('ends it when surely more readers of a group are stopped than it allows, and says why', async () => {
    assert.deepEqual(await endedWith({ stopped: 500, mostStopped: 30 }), [
      { status: 'ended', why: '50 % of the readers of group two are stopped; 30 % are allowed.' },
    ])
  })

  it('leaves it alone while that may be chance', async () => {
    assert.deepEqual(await endedWith({ stopped: 310, mostStopped: 30 }), [])
  })

  it('is not there unless it was asked for', async () => {
    assert.deepEqual(await endedWith({ stopped: 1000 }), [])
  })
})
