import assert from 'node:assert/strict'
import { it } from 'node:test'
import { createTally } from '../../src/metrics/tally.ts'

it('a tally keeps a number for each site, route and reason', () => {
  const tally = createTally()
  tally.add('demo', 'views', 'metered')
  tally.add('demo', 'views', 'metered')
  tally.add('demo', 'access', 'metered')
  tally.add('other', 'views', 'metered')
  tally.add('demo', 'views', 'meter_stop')
  assert.deepEqual(
    [...tally.entries()],
    [
      { site: 'demo', route: 'views', reason: 'metered', count: 2 },
      { site: 'demo', route: 'access', reason: 'metered', count: 1 },
      { site: 'other', route: 'views', reason: 'metered', count: 1 },
      { site: 'demo', route: 'views', reason: 'meter_stop', count: 1 },
    ],
  )
})
