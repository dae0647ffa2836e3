import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { loadConfiguration } from '../../src/publishing/load-configuration.ts'
import { compare } from '../../src/what-if/compare.ts'
import { rulesAsIf } from '../../src/what-if/rules-as-if.ts'
import type { Visit } from '../../src/what-if/visit.ts'

const { configuration } = await loadConfiguration('config', {
  firstStartedAt: Date.parse('2026-11-20T00:00Z'),
})
const now = Date.parse('2026-11-24T12:00:00Z')

function rulesWithLimit(limit: number) {
  const meters = configuration.meters.map((meter) => ({
    ...meter,
    limit: { anonymous: limit, registered: limit },
  }))
  const rules = rulesAsIf({
    configuration: { ...configuration, meters },
    version: 1,
    site: 'demo',
    serviceUrl: new URL('http://localhost:3000'),
    crawlers: () => false,
    now,
  })
  assert.ok(rules)
  return rules
}

/** A reader opens so many articles of a section, one a minute. */
function reads(reader: number, articles: number, more: Partial<Visit> = {}): Visit[] {
  return Array.from({ length: articles }, (_, index) => ({
    atSeconds: now / 1000 + index * 60,
    reader,
    place: 0,
    article: `article ${index}`,
    section: 'world',
    class: 'metered' as const,
    registered: false,
    openedBy: null,
    device: null,
    country: null,
    ...more,
  }))
}

function compared(visits: readonly Visit[], { share = 1, before = 5, after = 3 } = {}) {
  const progress = async () => {}
  return compare({ visits, share, before: rulesWithLimit(before), after: rulesWithLimit(after), progress })
}

describe('what a lower limit would have done', () => {
  it('says whom it would have stopped, and how often', async () => {
    const { total } = await compared([...reads(1, 4), ...reads(2, 6), ...reads(3, 2)])
    assert.deepEqual(
      [total.before, total.after].map(({ readers, stopped, views, stops }) => ({
        readers,
        stopped,
        views,
        stops,
      })),
      [
        { readers: 3, stopped: 1, views: 11, stops: 1 },
        { readers: 3, stopped: 2, views: 8, stops: 4 },
      ],
    )
    assert.equal(total.after.stopRate, 2 / 3)
    assert.ok(total.after.offersShown > total.before.offersShown)
  })

  it('leaves alone who subscribes, who was exempt, and what is read again', async () => {
    const again = reads(3, 3).concat(reads(3, 3))
    const { total } = await compared([
      ...reads(1, 9, { openedBy: 'subscription' }),
      ...reads(2, 9, { openedBy: 'exemption' }),
      ...again,
    ])
    assert.equal(total.after.stopped, 0)
    assert.equal(total.after.views, 24)
  })

  it('takes visits in the order of their time, however they were recorded', async () => {
    const visits = reads(1, 5)
    assert.deepEqual((await compared(visits.toReversed())).total, (await compared(visits)).total)
  })

  it('splits by section, the most read first', async () => {
    const { sections } = await compared([
      ...reads(1, 4),
      ...reads(2, 1),
      ...reads(2, 1, { section: 'sport' }),
    ])
    assert.deepEqual(
      sections.map(({ section, after }) => [section, after.readers, after.stopped]),
      [
        ['world', 2, 1],
        ['sport', 1, 0],
      ],
    )
  })

  it('looks only at readers of whom every visit was recorded', async () => {
    const outside = reads(2, 4, { place: 0.7 })
    const { visits, total } = await compared([...reads(1, 4), ...outside], { share: 0.5 })
    assert.deepEqual([visits, total.after.readers], [4, 1])
  })

  it('changes nothing where the rules are the same', async () => {
    const { total } = await compared([...reads(1, 9), ...reads(2, 3)], { before: 4, after: 4 })
    assert.deepEqual(total.before, total.after)
  })
})
