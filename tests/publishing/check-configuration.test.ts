import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { checkConfiguration } from '../../src/publishing/check-configuration.ts'
import { configurationSchema } from '../../src/publishing/configuration.ts'

const firstStartedAt = Date.parse('2026-11-24T00:00:00Z')

const site = { id: 'demo', name: 'The Harbor Lantern', timeZone: 'America/New_York' }
const meter = { id: 'default', window: 'month', limit: { anonymous: 5, registered: 5 } }
const wall = { kind: 'subscription' }
const plan = { id: 'digital', name: 'Digital', price: { amount: 1999, currency: 'USD' }, every: { weeks: 4 } }
const offer = { id: 'standing', plan: 'digital', headline: 'Read on', button: 'Subscribe' }
const harbor = { ...site, id: 'harbor' }
const valley = { ...site, id: 'valley' }

function check(lists: Record<string, unknown>) {
  const input = { sites: [site], meters: [meter], walls: [wall], plans: [plan], offers: [offer], ...lists }
  return checkConfiguration(input, { firstStartedAt })
}

function checked(lists: Record<string, unknown> = {}) {
  const result = check(lists)
  assert.ok('configuration' in result, JSON.stringify(result))
  return result.configuration
}

function problemsIn(lists: Record<string, unknown>): string[] {
  const result = check(lists)
  assert.ok('problems' in result)
  return result.problems.map(({ path, message }) => `${path.join('.')}: ${message}`)
}

describe('a checked configuration', () => {
  it('names the only site wherever it was left out', () => {
    const { meters, walls, offers } = checked()
    assert.deepEqual([meters[0]?.site, walls[0]?.site, offers[0]?.site], ['demo', 'demo', 'demo'])
  })

  it('lets a plan without a site be sold by every site', () => {
    const two = {
      sites: [harbor, valley],
      meters: [
        { ...meter, site: 'harbor' },
        { ...meter, site: 'valley' },
      ],
      walls: [
        { ...wall, site: 'harbor' },
        { ...wall, site: 'valley' },
      ],
      offers: [
        { ...offer, site: 'harbor' },
        { ...offer, id: 'other', site: 'valley' },
      ],
    }
    assert.deepEqual(
      checked(two).offers.map(({ site }) => site),
      ['harbor', 'valley'],
    )
  })

  it('has only absolute instants', () => {
    const { offers } = checked({
      offers: [{ ...offer, startsAt: '2026-11-24T02:00:00+02:00', endsAt: 'first start + 10 days' }],
    })
    assert.equal(offers[0]?.startsAt, '2026-11-24T00:00:00.000Z')
    assert.equal(offers[0]?.endsAt, '2026-12-04T00:00:00.000Z')
  })

  it('is itself a configuration that checks to itself, whenever the service first started', () => {
    const configuration = checked({ offers: [{ ...offer, endsAt: 'first start + 10 days' }] })
    const stored: unknown = JSON.parse(JSON.stringify(configuration))
    assert.ok(configurationSchema.safeParse(stored).success)
    assert.deepEqual(checkConfiguration(stored, { firstStartedAt: 0 }), { configuration })
  })
})

const intro = { kind: 'in_all', amount: 25, months: 5 }

describe('a configuration whose entries do not fit together', () => {
  for (const [what, lists, problems] of [
    ['has no site', { sites: [] }, ['sites: expected at least one site, got none']],
    [
      'repeats an id',
      { sites: [site, site] },
      ['sites.1.id: expected an id that no other entry has, got "demo"'],
    ],
    [
      'repeats a meter',
      { meters: [{ ...meter, scope: { tags: ['asia'] } }, meter] },
      ['meters.1.id: expected an id that no other entry has, got "default"'],
    ],
    [
      'repeats a plan',
      { plans: [plan, plan] },
      ['plans.1.id: expected an id that no other entry has, got "digital"'],
    ],
    [
      'repeats an offer',
      { offers: [offer, offer] },
      ['offers.1.id: expected an id that no other entry has, got "standing"'],
    ],
    [
      'sells a plan that does not exist',
      { offers: [{ ...offer, plan: 'digtal' }] },
      ['offers.0.plan: expected a plan (digital), got "digtal"'],
    ],
    [
      'names sites that do not exist',
      { meters: [{ ...meter, site: 'dmo' }], plans: [{ ...plan, site: 'dmo' }] },
      [
        'meters.0.site: expected a site (demo), got "dmo"',
        'plans.0.site: expected a site (demo), got "dmo"',
        'meters: expected a meter for site demo, got none',
        'offers.0.plan: expected a plan that site demo sells, got "digital"',
      ],
    ],
    [
      'leaves out the site where there are several',
      { sites: [harbor, valley] },
      ['meters', 'walls', 'offers'].map(
        (list) =>
          `${list}.0.site: expected the site it belongs to (there are several: harbor, valley), got nothing`,
      ),
    ],
    ['has a site without a meter', { meters: [] }, ['meters: expected a meter for site demo, got none']],
    [
      'has a site without a subscription wall',
      { walls: [{ kind: 'registration' }] },
      ['walls: expected a wall of kind subscription for site demo, got none'],
    ],
    [
      'has two walls of a kind',
      { walls: [wall, wall] },
      ['walls.1.kind: expected one wall of each kind for site demo, got a second subscription'],
    ],
    [
      'has no words in a language of the site, and some in another',
      {
        sites: [{ ...site, languages: ['de-DE'] }],
        offers: [{ ...offer, translations: { ar: { headline: 'x', button: 'y' } } }],
      },
      [
        'offers.0.translations.ar: expected a further language of the site (de-DE), got "ar"',
        'offers.0.translations.de-DE: expected headline and button in de-DE, which readers of the site may ask for, got nothing',
      ],
    ],
    [
      'has a discount for no whole bills',
      { offers: [{ ...offer, intro: { kind: 'percent_off', percent: 50, for: { years: 1 } } }] },
      [
        'offers.0.intro.for: expected once, or whole billing periods such as { weeks: 12 }, for a discount lowers whole bills of 4 weeks (a coupon of 1 year lowers 14 of them), got {"years":1}',
      ],
    ],
    [
      'has an intro that cannot be charged',
      { offers: [{ ...offer, intro }] },
      [
        'offers.0.intro.amount: expected at least 50 (50¢), the least Stripe charges in USD, or belowMinimum: defer or waive, got 25',
      ],
    ],
    [
      'has an intro that cannot be charged in the plan’s currency',
      {
        plans: [{ ...plan, price: { amount: 400, currency: 'SEK' } }],
        offers: [{ ...offer, intro: { ...intro, amount: 299 } }],
      },
      [
        'offers.0.intro.amount: expected at least 300 (SEK\u00a03), the least Stripe charges in SEK, or belowMinimum: defer or waive, got 299',
      ],
    ],
    [
      'has an offer that ends as it starts',
      { offers: [{ ...offer, startsAt: '2026-12-04T00:00:00Z', endsAt: 'first start + 10 days' }] },
      [
        'offers.0.endsAt: expected an instant after startsAt (2026-12-04T00:00:00.000Z), got "2026-12-04T00:00:00.000Z"',
      ],
    ],
    [
      'has a list nobody knows',
      { banners: [] },
      [
        'banners: unknown field; known here: sites, meters, exemptions, nudges, walls, plans, offers, experiments',
      ],
    ],
    ['lacks a list', { plans: undefined }, ['plans: expected a list of entries, got nothing']],
  ] as const) {
    it(`is refused if it ${what}`, () => assert.deepEqual(problemsIn(lists), problems))
  }

  it('does not call a plan unknown, or a site unmetered, only because its entry is wrong', () => {
    const problems = problemsIn({
      plans: [{ ...plan, name: '' }],
      meters: [{ ...meter, window: 'fortnight' }],
    })
    assert.deepEqual(problems, [
      'meters.0.window: expected day, week, month or { rollingDays: 30 }, with 1 to 366 days, got "fortnight"',
      'plans.0.name: expected some text, got ""',
    ])
  })

  it('accepts an intro that is just enough', () => {
    const [accepted] = checked({ offers: [{ ...offer, intro: { ...intro, amount: 50 } }] }).offers
    assert.deepEqual(accepted?.intro, { ...intro, amount: 50, belowMinimum: 'forbid' })
  })
})

describe('meters with scopes', () => {
  it('need a last one without, for every other article', () => {
    const sports = { ...meter, id: 'sports', scope: { sections: ['sports'] } }
    assert.deepEqual(problemsIn({ meters: [sports] }), [
      'meters: expected a last meter without a scope for site demo, got none',
    ])
    assert.deepEqual(problemsIn({ meters: [meter, sports] }), [
      'meters.1.id: expected this meter before the one without a scope, which takes every article',
    ])
    assert.equal(checked({ meters: [sports, meter] }).meters.length, 2)
  })
})

describe('meters that the store could not tell apart', () => {
  it('are refused, though their ids differ', () => {
    assert.deepEqual(
      problemsIn({
        meters: [
          { ...meter, id: 'm33', scope: { tags: ['a'] } },
          { ...meter, id: 'm156' },
        ],
      }),
      ['meters.1.id: expected another id: this one cannot be told from m33, got "m156"'],
    )
  })
})
