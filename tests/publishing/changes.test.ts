import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { differencesOf } from '../../src/publishing/change-words.ts'
import { changesBetween } from '../../src/publishing/changes.ts'
import { type Entry, type Lists, listsFrom } from '../../src/publishing/entries.ts'
import { mergeLists } from '../../src/publishing/merge-lists.ts'

const site = { id: 'demo', name: 'The Lantern', timeZone: 'America/New_York', origins: ['https://a.example'] }
const plan = { id: 'all', name: 'Everything', price: { amount: 1799, currency: 'USD' }, every: { weeks: 4 } }
const offer = {
  id: 'sale',
  site: 'demo',
  plan: 'all',
  headline: 'Read all',
  button: 'Buy',
  intro: { kind: 'in_all', amount: 100, months: 3 },
  endsAt: '2026-12-02T05:00:00.000Z',
}
const meter = (id: string, more: Entry = {}) => ({
  id,
  site: 'demo',
  window: 'month',
  limit: { anonymous: 5, registered: 5 },
  ...more,
})

function lists(parts: Lists = {}): Lists {
  return listsFrom({ sites: [site], plans: [plan], offers: [offer], meters: [meter('default')], ...parts })
}

function words(parts: Lists): string[] {
  return changesBetween(lists(), lists(parts)).flatMap((change) => change.words)
}

describe('a change in plain words', () => {
  it('tells money as money, of a bare amount too', () => {
    assert.deepEqual(words({ plans: [{ ...plan, price: { amount: 1999, currency: 'USD' } }] }), [
      'regular price 17.99 → 19.99 USD',
    ])
    assert.deepEqual(words({ plans: [{ ...plan, price: { amount: 1799, currency: 'EUR' } }] }), [
      'regular price 17.99 USD → 17.99 EUR',
    ])
    assert.deepEqual(words({ offers: [{ ...offer, intro: { ...offer.intro, amount: 25 } }] }), [
      'introductory price 1.00 USD → 0.25 USD',
    ])
  })

  it('tells how much later or earlier an instant is, and the time at the site', () => {
    assert.deepEqual(words({ offers: [{ ...offer, endsAt: '2026-12-04T05:00:00.000Z' }] }), [
      'sale ends 2 days later, 2026-12-04 00:00',
    ])
    assert.deepEqual(words({ offers: [{ ...offer, endsAt: '2026-12-02T03:30:00.000Z' }] }), [
      'sale ends 1 hour 30 minutes earlier, 2026-12-01 22:30',
    ])
  })

  it('tells periods, lists, what was set and what no longer is', () => {
    assert.deepEqual(words({ plans: [{ ...plan, every: { months: 1 } }] }), [
      'due every 4 weeks → every month',
    ])
    assert.deepEqual(words({ meters: [meter('default', { window: { rollingDays: 30 } })] }), [
      'window month → the last 30 days',
    ])
    assert.deepEqual(words({ sites: [{ ...site, origins: ['https://b.example'] }] }), [
      'origins + https://b.example, − https://a.example',
    ])
    const { endsAt: _endsAt, ...endless } = offer
    assert.deepEqual(words({ offers: [endless] }), ['sale ends is no longer set, was 2026-12-02 00:00'])
  })

  it('tells what came, what went, and that the order is another', () => {
    const changes = changesBetween(
      lists({ meters: [meter('sports'), meter('default')] }),
      lists({ meters: [meter('default'), meter('sports')], offers: [] }),
    )
    assert.deepEqual(
      changes.map(({ key, change }) => [key, change]),
      [
        ['demo.default', 'moved'],
        ['sale', 'removed'],
      ],
    )
    const [added] = changesBetween(lists({ offers: [] }), lists())
    assert.ok(added?.words.includes('introductory price 1.00 USD'), added?.words.join('; '))
  })

  it('tells the items of a list one by one, by their names', () => {
    const variant = { id: 'two', share: 50, meters: { default: { anonymous: 2, registered: 2 } } }
    const experiment = { id: 'wall', site: 'demo', hypothesis: 'Sooner', variants: [variant] }
    const changed = {
      ...experiment,
      variants: [
        { ...variant, share: 40 },
        { id: 'three', share: 10 },
      ],
    }
    const [change] = changesBetween(lists({ experiments: [experiment] }), lists({ experiments: [changed] }))
    assert.deepEqual(change?.words, [
      'variants, two, share 50 → 40',
      'variants, three, share is now 10, was not set',
    ])
  })

  it('is not told where nothing changed', () => {
    assert.deepEqual(changesBetween(lists(), lists()), [])
  })
})

describe('two versions of one entry', () => {
  const both = { mine: lists(), theirs: lists() }

  it('are told side by side in the words of changes, where they differ', () => {
    const mine = { ...plan, price: { amount: 1799, currency: 'USD' } }
    const theirs = { ...plan, price: { amount: 2199, currency: 'USD' }, every: { months: 1 } }
    assert.deepEqual(differencesOf('plans', { mine, theirs }, both), [
      { field: 'regular price', mine: '17.99 USD', theirs: '21.99 USD' },
      { field: 'due', mine: 'every 4 weeks', theirs: 'every month' },
    ])
  })

  it('say of a field that only one has set that the other has not', () => {
    const { endsAt: _endsAt, ...theirs } = { ...offer, intro: { ...offer.intro, amount: 25 } }
    assert.deepEqual(differencesOf('offers', { mine: offer, theirs }, both), [
      { field: 'introductory price', mine: '1.00 USD', theirs: '0.25 USD' },
      { field: 'sale ends', mine: '2026-12-02 00:00', theirs: null },
    ])
  })
})

describe('two people’s changes put together', () => {
  const merged = (mine: Lists, theirs: Lists, choices = {}) =>
    mergeLists({ base: lists(), mine: lists(mine), theirs: lists(theirs) }, choices)

  it('have what each of them did', () => {
    const result = merged(
      { offers: [offer, { ...offer, id: 'mine' }] },
      { offers: [{ ...offer, button: 'Join' }], meters: [meter('sports'), meter('default')] },
    )
    assert.ok('lists' in result)
    assert.deepEqual(result.lists.offers, [
      { ...offer, button: 'Join' },
      { ...offer, id: 'mine' },
    ])
    assert.equal(result.lists.meters?.length, 2)
  })

  it('have what only one removed removed, and ask where the other has changed it', () => {
    const quiet = merged({ offers: [] }, {})
    assert.ok('lists' in quiet)
    assert.deepEqual(quiet.lists.offers, [])
    const loud = merged({ offers: [] }, { offers: [{ ...offer, button: 'Join' }] })
    assert.ok('conflicts' in loud)
    assert.deepEqual(
      loud.conflicts.map(({ key, mine }) => [key, mine]),
      [['sale', null]],
    )
    const chosen = merged(
      { offers: [] },
      { offers: [{ ...offer, button: 'Join' }] },
      { 'offers/sale': 'theirs' },
    )
    assert.ok('lists' in chosen)
    assert.equal(chosen.lists.offers?.length, 1)
  })

  it('keep the order that one of them made, with what the other added in its place', () => {
    const base = lists({ meters: [meter('a'), meter('b'), meter('default')] })
    const mine = lists({ meters: [meter('b'), meter('a'), meter('default')] })
    const theirs = lists({ meters: [meter('a'), meter('new'), meter('b'), meter('default')] })
    const result = mergeLists({ base, mine, theirs }, {})
    assert.ok('lists' in result)
    assert.deepEqual(
      result.lists.meters?.map(({ id }) => id),
      ['b', 'a', 'new', 'default'],
    )
  })

  it('that are the same are no conflict', () => {
    const same = { offers: [{ ...offer, button: 'Join' }] }
    assert.ok('lists' in merged(same, same))
  })
})
