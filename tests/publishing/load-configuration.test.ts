import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { offerSchema } from '../../src/offers/offer.ts'
import { ConfigurationError, loadConfiguration } from '../../src/publishing/load-configuration.ts'

const firstStartedAt = Date.parse('2026-11-24T00:00:00Z')

const right = {
  'sites.yaml': '- id: demo\n  name: The Harbor Lantern\n  timeZone: America/New_York\n',
  'meters.yaml': '- id: default\n  window: month\n  limit: { anonymous: 5, registered: 5 }\n',
  'walls.yaml': '- kind: subscription\n',
  'plans.yaml':
    '- id: digital\n  name: Digital\n  price: { amount: 1999, currency: USD }\n  every: { weeks: 4 }\n',
  'offers.yaml': '- id: standing\n  plan: digital\n  headline: Read on\n  button: Subscribe\n',
}

/** The files of a right configuration, with some of them changed or, if null, left out. */
async function load(changed: Record<string, string | null> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'newsrack-config-'))
  try {
    for (const [file, text] of Object.entries({ ...right, ...changed })) {
      if (text !== null) await writeFile(join(folder, file), text)
    }
    return await loadConfiguration(folder, { firstStartedAt })
  } catch (error) {
    if (error instanceof ConfigurationError) error.message = error.message.replaceAll(folder, 'config')
    throw error
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function complaintsAbout(changed: Record<string, string | null>): Promise<string[]> {
  const error: unknown = await load(changed).then(
    () => assert.fail('was accepted'),
    (reason: unknown) => reason,
  )
  if (!(error instanceof ConfigurationError)) throw error
  return error.message.split('\n')
}

describe('loading the configuration', () => {
  it('reads what a fresh installation starts with', async () => {
    const { configuration } = await loadConfiguration('config', { firstStartedAt })
    const [sale, ...others] = configuration.offers
    const { id, site, plan, intro, endsAt } = sale ?? {}
    assert.deepEqual(
      { id, site, plan, intro, endsAt },
      {
        id: '25c-for-5-months',
        site: 'demo',
        plan: 'unlimited-digital',
        intro: { kind: 'in_all', amount: 25, months: 5, belowMinimum: 'defer' },
        endsAt: '2026-12-04T00:00:00.000Z',
      },
    )
    assert.deepEqual(
      others.map(({ id }) => id),
      ['come-back', 'standing', 'stay', 'year-as-a-gift'],
    )
    assert.deepEqual(configuration.meters, [
      { id: 'default', site: 'demo', window: 'month', limit: { anonymous: 5, registered: 5 } },
    ])
    assert.deepEqual(
      configuration.walls.map(({ kind }) => kind),
      ['subscription', 'registration'],
    )
  })

  it('takes an empty file for a list without entries', async () => {
    for (const empty of ['', '# nothing on sale\n', '---\n']) {
      assert.deepEqual((await load({ 'offers.yaml': empty })).configuration.offers, [])
    }
  })

  it('expands aliases within a file', async () => {
    const again = '- &base { id: a, plan: digital, headline: &words Read on, button: Subscribe }\n'
    const { configuration } = await load({
      'offers.yaml': `${again}- { id: b, plan: digital, headline: *words, button: *words }\n`,
    })
    assert.deepEqual(configuration.offers[1]?.headline, 'Read on')
  })

  it('reads YAML 1.2 whatever version a file claims', async () => {
    const written = `%YAML 1.1\n---\n${right['plans.yaml'].replace('Digital', 'no')}`
    assert.equal((await load({ 'plans.yaml': written })).configuration.plans[0]?.name, 'no')
  })

  it('has another source when the files say something else, not when they say it otherwise', async () => {
    const { source } = await load()
    const reordered =
      '# the same\n- { button: "Subscribe", headline: "Read on", id: standing, plan: digital }\n'
    assert.equal((await load({ 'offers.yaml': reordered })).source, source)
    const changed = right['offers.yaml'].replace('Subscribe', 'Join')
    assert.notEqual((await load({ 'offers.yaml': changed })).source, source)
  })

  it('says so if the folder does not exist', async () => {
    await assert.rejects(loadConfiguration('no/such/folder', { firstStartedAt }), {
      name: 'ConfigurationError',
      message: 'no/such/folder: there is no such folder; the configuration is read from it',
    })
  })
})

const offers = right['offers.yaml']
const plans = right['plans.yaml']
const sites = right['sites.yaml']
const offerFields = Object.keys(offerSchema.shape).join(', ')
const fileNames =
  'sites.yaml, meters.yaml, exemptions.yaml, nudges.yaml, walls.yaml, plans.yaml, offers.yaml, experiments.yaml'

const broken: { [what: string]: { files: Record<string, string | null>; complaints: string[] } } = {
  'an amount in words': {
    files: {
      'offers.yaml': `# Sale\n\n${offers}  intro:\n    kind: in_all\n    amount: 25¢\n    months: 5\n`,
    },
    complaints: [
      'config/offers.yaml:9: intro.amount: expected a whole number of minor units (25 is 25¢), got "25¢"',
    ],
  },
  'an amount in whole units': {
    files: {
      'offers.yaml': `${offers}  intro: { kind: in_all, amount: 0.25, months: 30, belowMinimum: round }\n`,
    },
    complaints: [
      'config/offers.yaml:5: intro.amount: expected a whole number of minor units (25 is 25¢), got 0.25',
      'config/offers.yaml:5: intro.months: expected at most 24 months, got 30',
      'config/offers.yaml:5: intro.belowMinimum: expected one of defer, waive, forbid, got "round"',
    ],
  },
  'an intro too small to charge': {
    files: { 'offers.yaml': `${offers}  intro:\n    kind: in_all\n    months: 5\n    amount: 25\n` },
    complaints: [
      'config/offers.yaml:8: intro.amount: expected at least 50 (50¢), the least Stripe charges in USD, or belowMinimum: defer or waive, got 25',
    ],
  },
  'an intro of unknown kind': {
    files: { 'offers.yaml': `${offers}  intro:\n    amount: 25\n    kind: trial\n` },
    complaints: [
      'config/offers.yaml:7: intro.kind: expected one of in_all, each_period, percent_off, free, got "trial"',
    ],
  },
  'an intro without a kind': {
    files: { 'offers.yaml': `${offers}  intro:\n    amount: 25\n` },
    complaints: [
      'config/offers.yaml:5: intro.kind: expected one of in_all, each_period, percent_off, free, got nothing',
    ],
  },
  'an intro in words': {
    files: { 'offers.yaml': `${offers}  intro: 25¢ for 5 months\n` },
    complaints: [
      'config/offers.yaml:5: intro: expected an entry with the fields kind, amount, months, belowMinimum, for, percent, days, got "25¢ for 5 months"',
    ],
  },
  'a period in words': {
    files: { 'plans.yaml': plans.replace('{ weeks: 4 }', 'month') },
    complaints: [
      'config/plans.yaml:4: every: expected one of days, weeks, months or years with a whole number, three years at most, such as { weeks: 4 }, got "month"',
    ],
  },
  'a price below what Stripe charges': {
    files: { 'plans.yaml': plans.replace('1999', '19') },
    complaints: [
      'config/plans.yaml:3: price.amount: expected at least 50 (50¢), the least Stripe charges in USD, got 19',
    ],
  },
  'a currency in lower case': {
    files: { 'plans.yaml': plans.replace('USD', 'usd') },
    complaints: [
      'config/plans.yaml:3: price.currency: expected a currency in upper case, one of USD, EUR, CAD, AUD, NZD, CHF, SGD, INR, JPY, BRL, GBP, DKK, NOK, SEK, PLN, RON, AED, MYR, HKD, CZK, MXN, THB, HUF, got "usd"',
    ],
  },
  'a number where text belongs': {
    files: { 'plans.yaml': plans.replace('Digital', '2027') },
    complaints: ['config/plans.yaml:2: name: expected text (put it in quotes), got 2027'],
  },
  'a price in the copy': {
    files: { 'offers.yaml': offers.replace('Read on', 'Only 25¢').replace('Subscribe', 'Save %') },
    complaints: [
      'config/offers.yaml:3: headline: expected words without digits, currency signs or % (the words about price and time are generated), got "Only 25¢"',
      'config/offers.yaml:4: button: expected words without digits, currency signs or % (the words about price and time are generated), got "Save %"',
    ],
  },
  'a misspelt field': {
    files: { 'offers.yaml': offers.replace('headline', 'hedline') },
    complaints: [
      'config/offers.yaml:1: headline: expected some words, got nothing',
      `config/offers.yaml:3: hedline: unknown field; known here: ${offerFields}`,
    ],
  },
  'an unknown plan in the second entry': {
    files: { 'offers.yaml': `${offers}\n- id: sale\n  headline: Read on\n  button: Go\n  plan: digtal\n` },
    complaints: ['config/offers.yaml:9: plan: expected a plan (digital), got "digtal"'],
  },
  'an end without a time': {
    files: { 'offers.yaml': `${offers}  endsAt: 2026-12-02\n` },
    complaints: [
      'config/offers.yaml:5: endsAt: expected an instant such as 2026-12-02T00:00:00-05:00, or first start + N days with N from 1 to 365, got "2026-12-02"',
    ],
  },
  'wrong facts about a site': {
    files: {
      'sites.yaml': `${sites.replace('New_York', 'Bosten')}  whenStoreUnavailable: maybe\n  pastDueGraceDays: 61\n  origins:\n    - https://a.example\n    - https://b.example/x\n`,
    },
    complaints: [
      'config/sites.yaml:3: timeZone: expected an IANA time zone such as America/New_York, got "America/Bosten"',
      'config/sites.yaml:4: whenStoreUnavailable: expected one of open, closed, got "maybe"',
      'config/sites.yaml:5: pastDueGraceDays: expected at most 60, got 61',
      'config/sites.yaml:8: origins.1: expected an origin such as https://www.example.com, without a path, got "https://b.example/x"',
    ],
  },
  'a meter’s limit in words': {
    files: { 'meters.yaml': '- id: default\n  window: month\n  limit:\n    anonymous: five\n    staff: 1\n' },
    complaints: [
      'config/meters.yaml:3: limit.registered: expected a whole number, got nothing',
      'config/meters.yaml:4: limit.anonymous: expected a whole number, got "five"',
      'config/meters.yaml:5: limit.staff: unknown field; known here: anonymous, registered',
    ],
  },
  'a long value': {
    files: { 'walls.yaml': `- kind: ${'x'.repeat(60)}\n` },
    complaints: [
      `config/walls.yaml:1: kind: expected one of subscription, registration, got "${'x'.repeat(39)}…`,
    ],
  },
  'yes and no in quotes': {
    files: { 'walls.yaml': '- kind: subscription\n  dismissible: "no"\n' },
    complaints: ['config/walls.yaml:2: dismissible: expected true or false, got "no"'],
  },
  'an entry that is only a word': {
    files: { 'offers.yaml': '- standing\n' },
    complaints: [`config/offers.yaml:1: expected an entry with the fields ${offerFields}, got "standing"`],
  },
  'one entry without its dash': {
    files: { 'offers.yaml': '\nid: standing\nplan: digital\n' },
    complaints: ['config/offers.yaml:2: expected a list of entries, each beginning with "- "'],
  },
  'a field given twice': {
    files: { 'offers.yaml': `${offers}  plan: digital\n` },
    complaints: ['config/offers.yaml:5: this field is given twice in one entry'],
  },
  'a tab': {
    files: { 'offers.yaml': '- id: sale\n\tplan: digital\n' },
    complaints: ['config/offers.yaml:2: indented with a tab; use spaces'],
  },
  'a second colon': {
    files: { 'offers.yaml': offers.replace('Read on', 'Now: read on') },
    complaints: ['config/offers.yaml:3: two fields in one line; put text that contains a colon in quotes'],
  },
  'a forgotten colon': {
    files: { 'offers.yaml': offers.replace('plan:', 'plan') },
    complaints: ['config/offers.yaml:2: the colon and space after this field’s name is missing'],
  },
  'a forgotten dash': {
    files: { 'offers.yaml': `${offers}id: sale\n` },
    complaints: [
      'config/offers.yaml:5: this does not continue what is above; look at the indentation and the dashes',
    ],
  },
  'a tag': {
    files: { 'offers.yaml': offers.replace('Read on', '!sale').replace('Subscribe', '!!binary aGVq') },
    complaints: [3, 4].map(
      (line) => `config/offers.yaml:${line}: tags are not used here; put text that begins with ! in quotes`,
    ),
  },
  'two documents': {
    files: { 'offers.yaml': `${offers}---\n${offers}` },
    complaints: ['config/offers.yaml:5: a second document begins here (---); one file holds one list'],
  },
  'text that begins with an asterisk': {
    files: { 'offers.yaml': offers.replace('Read on', '*New') },
    complaints: ['config/offers.yaml:3: nothing is named &New; put text that begins with * in quotes'],
  },
  'an entry inside itself': {
    files: { 'offers.yaml': '- &sale\n  id: *sale\n' },
    complaints: ['config/offers.yaml:2: *sale stands inside the very entry it repeats'],
  },
  'aliases of aliases of aliases': {
    files: {
      'offers.yaml': [
        '- &a [x, x, x, x, x, x, x, x]',
        '- &b [*a, *a, *a, *a, *a, *a, *a]',
        '- &c [*b, *b, *b, *b, *b, *b, *b]',
        '- [*c, *c, *c, *c, *c, *c, *c]',
      ].join('\n'),
    },
    complaints: ['config/offers.yaml:1: aliases (*) repeat too much here'],
  },
  'missing files': {
    files: { 'offers.yaml': null, 'walls.yaml': null },
    complaints: [
      'config/offers.yaml: missing; it says what is proposed to readers',
      'config/walls.yaml: missing; it says what stands in front of a refused article',
    ],
  },
  'files by other names': {
    files: { 'offer.yaml': offers, 'plans.yml': plans },
    complaints: ['offer.yaml', 'plans.yml'].map(
      (file) => `config/${file}: unknown file; the configuration is in ${fileNames}`,
    ),
  },
  'no site': {
    files: { 'sites.yaml': '' },
    complaints: ['config/sites.yaml:1: expected at least one site, got none'],
  },
  'no meter and no wall': {
    files: { 'meters.yaml': '', 'walls.yaml': '' },
    complaints: [
      'config/meters.yaml:1: expected a meter for site demo, got none',
      'config/walls.yaml:1: expected a wall of kind subscription for site demo, got none',
    ],
  },
  'something wrong in every file': {
    files: {
      'meters.yaml': '- id: "default\n',
      'offers.yaml': `${offers.replace('digital', 'digtal')}${offers}`,
      'plans.yaml': plans.replace('name: Digital', 'name:'),
      'sites.yaml': sites.replace('The Harbor Lantern', '""'),
      'walls.yaml': '- kind: subscription\n- kind: subscription\n',
    },
    complaints: [
      'config/meters.yaml:2: a closing quote, a bracket, or the colon and space after a field’s name is missing here or above',
      'config/offers.yaml:2: plan: expected a plan (digital), got "digtal"',
      'config/offers.yaml:5: id: expected an id that no other entry has, got "standing"',
      'config/plans.yaml:2: name: expected text, got nothing',
      'config/sites.yaml:2: name: expected some text, got ""',
      'config/walls.yaml:2: kind: expected one wall of each kind for site demo, got a second subscription',
    ],
  },
}

describe('a configuration with mistakes', () => {
  for (const [what, { files, complaints }] of Object.entries(broken)) {
    it(`is refused with file, line and reason for ${what}`, async () => {
      assert.deepEqual(await complaintsAbout(files), complaints)
    })
  }
})
