import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import request from 'supertest'
import { type Service, startService } from '../support/service.ts'
import { adminAt, type Browser, draftAt, entryAt, invitedAt } from './desk.ts'

let service: Service
let ann: Browser
let ben: Browser
before(async () => {
  service = await startService()
  ann = await adminAt(service)
  ben = await invitedAt(service, ann, { name: 'Ben', role: 'publisher' })
})
after(() => service.stop())

const shipped = ['25c-for-5-months', 'come-back', 'standing', 'stay', 'year-as-a-gift']

const open = (id: string) => request(service.url).post('/v1/access').send({ article: { id } }).expect(200)

describe('a draft', () => {
  it('begins with what rules, and changes nothing by itself', async () => {
    const { body: draft } = await ann.post('drafts', { title: 'Autumn' }).expect(201)
    assert.deepEqual([draft.base, draft.changes, draft.problems], [1, [], []])
    const { body } = await ann.get(`drafts/${draft.id}/entries?kind=offers`).expect(200)
    const keys = body.entries.map(({ key }: { key: string }) => key)
    assert.deepEqual(keys, shipped)
  })

  it('tells what it changes in plain words', async () => {
    const draft = await draftAt(ann)
    const plan = await entryAt(ann, draft, 'plans/unlimited-digital')
    const entry = { ...plan.entry, price: { amount: 2199, currency: 'USD' }, every: { months: 1 } }
    await ann.put(`drafts/${draft}/entries/plans/unlimited-digital`, { entry, etag: plan.etag }).expect(200)
    const sale = await entryAt(ann, draft, 'offers/25c-for-5-months')
    const endsAt = new Date(Date.parse(sale.entry.endsAt) + 2 * 86_400_000).toISOString()
    const later = { entry: { ...sale.entry, endsAt }, etag: sale.etag }
    await ann.put(`drafts/${draft}/entries/offers/25c-for-5-months`, later).expect(200)
    const { body } = await ann.get(`drafts/${draft}`).expect(200)
    const [first, second] = body.changes
    assert.deepEqual(first.words, ['regular price 19.99 → 21.99 USD', 'due every 4 weeks → every month'])
    assert.match(second.words[0], /^sale ends 2 days later, \d{4}-\d\d-\d\d \d\d:\d\d$/)
  })

  it('refuses an entry at the field that is wrong', async () => {
    const draft = await draftAt(ann)
    const meter = await entryAt(ann, draft, 'meters/demo.default')
    const entry = { ...meter.entry, limit: { anonymous: 'five', registered: 5 }, colour: 'red' }
    const { body } = await ann
      .put(`drafts/${draft}/entries/meters/demo.default`, { entry, etag: meter.etag })
      .expect(400)
    assert.deepEqual(
      body.errors.map(({ field }: { field: string }) => field),
      ['limit.anonymous', 'colour'],
    )
  })

  it('keeps what does not fit together, says so at the entry, and cannot be published', async () => {
    const draft = await draftAt(ann)
    const plan = await entryAt(ann, draft, 'plans/unlimited-digital')
    await ann.delete(`drafts/${draft}/entries/plans/unlimited-digital?etag=${plan.etag}`).expect(200)
    const { body } = await ann.get(`drafts/${draft}`).expect(200)
    assert.deepEqual(
      body.problems.map(({ kind, key, field }: Record<string, string>) => `${kind} ${key} ${field}`),
      shipped.map((offer) => `offers ${offer} plan`),
    )
    const refused = await ann.post(`drafts/${draft}/publish`, { why: 'try' }).expect(422)
    assert.equal(refused.body.code, 'draft_invalid')
    assert.equal(refused.body.problems.length, shipped.length)
    assert.equal((await ann.get('versions/current')).body.number, 1)
  })

  it('lets an entry be added, copied, moved, put away, put back and found', async () => {
    const draft = await draftAt(ann)
    const entries = `drafts/${draft}/entries`
    const meter = {
      id: 'sports',
      scope: { sections: ['sports'] },
      window: 'day',
      limit: { anonymous: 1, registered: 3 },
    }
    const { body: added } = await ann.post(`${entries}/meters`, { entry: meter }).expect(201)
    assert.equal(added.entry.key, 'demo.sports')
    const { body: twice } = await ann.post(`${entries}/meters`, { entry: meter }).expect(409)
    assert.equal(twice.code, 'entry_exists')
    await ann.post(`${entries}/offers/standing/duplicate`, { id: 'winter' }).expect(201)
    await ann.post(`${entries}/offers/standing/move`, { before: '25c-for-5-months' }).expect(200)
    const winter = await entryAt(ann, draft, 'offers/winter')
    await ann.post(`${entries}/offers/winter/archive`, { etag: winter.etag }).expect(200)
    const offers = async () =>
      (await ann.get(`${entries}?kind=offers`)).body.entries.map(
        ({ key, archived }: { key: string; archived: boolean }) => (archived ? `(${key})` : key),
      )
    const moved = ['standing', ...shipped.filter((key) => key !== 'standing')]
    assert.deepEqual(await offers(), [...moved, '(winter)'])
    await ann.post(`${entries}/offers/winter/restore`, {}).expect(200)
    assert.deepEqual(await offers(), [...moved, 'winter'])
    const { body: found } = await ann.get(`${entries}?q=SPORTS`).expect(200)
    assert.deepEqual(
      found.entries.map(({ key }: { key: string }) => key),
      ['demo.sports'],
    )
    const { body: meters } = await ann.get(`${entries}?kind=meters`)
    assert.deepEqual(
      meters.entries.map(({ key }: { key: string }) => key),
      ['demo.sports', 'demo.default'],
    )
    assert.deepEqual((await ann.get(`drafts/${draft}`)).body.problems, [])
  })
})

describe('two editors', () => {
  it('of the same entry: the second is told, and is shown what the first wrote', async () => {
    const draft = await draftAt(ann)
    const seen = await entryAt(ann, draft, 'offers/standing')
    const path = `drafts/${draft}/entries/offers/standing`
    await ann.put(path, { entry: { ...seen.entry, button: 'Join us' }, etag: seen.etag }).expect(200)
    const mine = { entry: { ...seen.entry, button: 'Sign up' }, etag: seen.etag }
    const { body } = await ben.put(path, mine).expect(409)
    assert.equal(body.code, 'entry_changed')
    assert.equal(body.current.entry.button, 'Join us')
    assert.deepEqual(body.differences, [{ field: 'button', mine: '“Sign up”', theirs: '“Join us”' }])
    await ben.put(path, { ...mine, etag: body.current.etag }).expect(200)
    const { body: journal } = await ann.get(`audit?draft=${draft}&kind=offers`).expect(200)
    assert.deepEqual(
      journal.notes.map(({ by, after }: { by: { name: string }; after: { button: string } }) => [
        by.name,
        after.button,
      ]),
      [
        ['Ben', 'Sign up'],
        ['Ann', 'Join us'],
      ],
    )
  })

  it('of different entries at the same moment do not disturb each other', async () => {
    const draft = await draftAt(ann)
    const paths = [
      'offers/standing',
      'offers/25c-for-5-months',
      'meters/demo.default',
      'plans/unlimited-digital',
    ]
    const seen = await Promise.all(paths.map((path) => entryAt(ann, draft, path)))
    const changes = [{ button: 'One' }, { button: 'Two' }, { window: 'week' }, { name: 'Everything' }]
    const answers = await Promise.all(
      paths.map((path, index) => {
        const entry = { ...seen[index]?.entry, ...changes[index] }
        return (index % 2 === 0 ? ann : ben).put(`drafts/${draft}/entries/${path}`, {
          entry,
          etag: seen[index]?.etag,
        })
      }),
    )
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200, 200, 200],
    )
    assert.equal((await ann.get(`drafts/${draft}`)).body.changes.length, 4)
  })
})

describe('publishing', () => {
  const limit = async (browser: Browser, anonymous: number) => {
    const draft = await draftAt(browser)
    const seen = await entryAt(browser, draft, 'meters/demo.default')
    const entry = { ...seen.entry, limit: { anonymous, registered: anonymous } }
    await browser.put(`drafts/${draft}/entries/meters/demo.default`, { entry, etag: seen.etag }).expect(200)
    return draft
  }

  it('makes a draft the version that readers are answered by, with who and why', async () => {
    const draft = await limit(ann, 4)
    const { body: version } = await ann
      .post(`drafts/${draft}/publish`, { why: 'Fewer free articles' })
      .expect(200)
    assert.deepEqual([version.number, version.by.name, version.why], [2, 'Ann', 'Fewer free articles'])
    const { body: answer } = await open('a')
    assert.deepEqual([answer.configVersion, answer.meter.limit], [2, 4])
    const { body: again } = await ann.post(`drafts/${draft}/publish`, { why: 'twice' }).expect(409)
    assert.equal(again.code, 'draft_closed')
    const { body } = await ann.get('versions/2/changes').expect(200)
    assert.deepEqual(body.changes[0].words, ['free articles 5 → 4', 'free articles with an account 5 → 4'])
  })

  it('refuses a draft that says nothing new', async () => {
    const { body } = await ann.post(`drafts/${await draftAt(ann)}/publish`, { why: '' }).expect(409)
    assert.equal(body.code, 'nothing_changed')
  })

  it('tells who comes second that another version came between, and puts both changes together', async () => {
    const mine = await draftAt(ann)
    const seen = await entryAt(ann, mine, 'offers/standing')
    const entry = { ...seen.entry, button: 'Become a member' }
    await ann.put(`drafts/${mine}/entries/offers/standing`, { entry, etag: seen.etag }).expect(200)
    const theirs = await limit(ben, 3)
    await ben.post(`drafts/${theirs}/publish`, { why: 'Three' }).expect(200)
    const { body: refused } = await ann.post(`drafts/${mine}/publish`, { why: 'Button' }).expect(409)
    assert.deepEqual([refused.code, refused.latest], ['base_outdated', 3])
    const { body: rebased } = await ann.post(`drafts/${mine}/rebase`, {}).expect(200)
    assert.deepEqual([rebased.base, rebased.outdated, rebased.changes.length], [3, false, 1])
    await ann.post(`drafts/${mine}/publish`, { why: 'Button' }).expect(200)
    const { body } = await ann.get('versions/current')
    const { meters, offers } = body.configuration
    const standing = offers.find(({ id }: { id: string }) => id === 'standing')
    assert.deepEqual([meters[0].limit.anonymous, standing.button], [3, 'Become a member'])
  })

  it('asks whose change is to be taken where both changed the same, and loses neither', async () => {
    const mine = await limit(ann, 7)
    const theirs = await limit(ben, 8)
    await ben.post(`drafts/${theirs}/publish`, { why: 'Eight' }).expect(200)
    const { body } = await ann.post(`drafts/${mine}/rebase`, {}).expect(409)
    assert.equal(body.code, 'conflicting_changes')
    const [conflict] = body.conflicts
    assert.deepEqual(
      [
        conflict.key,
        conflict.base.limit.anonymous,
        conflict.mine.limit.anonymous,
        conflict.theirs.limit.anonymous,
      ],
      ['demo.default', 3, 7, 8],
    )
    assert.deepEqual(conflict.differences, [
      { field: 'free articles', mine: '7', theirs: '8' },
      { field: 'free articles with an account', mine: '7', theirs: '8' },
    ])
    const choices = { 'meters/demo.default': 'mine' }
    await ann.post(`drafts/${mine}/rebase`, { choices }).expect(200)
    await ann.post(`drafts/${mine}/publish`, { why: 'Seven after all' }).expect(200)
    assert.equal((await open('b')).body.meter.limit, 7)
  })

  it('is rolled back in one step, and nothing that came between is lost', async () => {
    const { body: before } = await ann.get('versions').expect(200)
    const newest = before.versions[0].number
    const { body: restored } = await ben.post('versions/1/restore', { why: 'Too strict' }).expect(200)
    assert.deepEqual([restored.number, restored.restores, restored.by.name], [newest + 1, 1, 'Ben'])
    assert.equal((await open('c')).body.meter.limit, 5)
    const { body: changes } = await ann.get(`versions/${newest + 1}/changes?since=1`).expect(200)
    assert.deepEqual(changes.changes, [])
    assert.equal((await ann.get(`versions/${newest}`)).body.configuration.meters[0].limit.anonymous, 7)
    const { body: audit } = await ann.get('audit?limit=1').expect(200)
    assert.deepEqual([audit.notes[0].action, audit.notes[0].why], ['rolled_back', 'Too strict'])
  })

  it('outlives a restart, whatever the files say', async () => {
    const draft = await limit(ann, 2)
    await ann.post(`drafts/${draft}/publish`, { why: 'Two' }).expect(200)
    await service.restart()
    assert.equal((await open('d')).body.meter.limit, 2)
  })

  it('makes products and prices in the payment service once, and shows their ids', async () => {
    const { body: before } = await ann.get('catalogue').expect(200)
    assert.ok(before.sold.length >= 2)
    assert.ok(before.sold.every(({ price }: { price: string | null }) => price === null))
    const draft = await draftAt(ann)
    const seen = await entryAt(ann, draft, 'plans/unlimited-digital')
    const entry = { ...seen.entry, price: { amount: 2499, currency: 'USD' } }
    await ann.put(`drafts/${draft}/entries/plans/unlimited-digital`, { entry, etag: seen.etag }).expect(200)
    await ann.post(`drafts/${draft}/publish`, { why: 'Dearer' }).expect(200)
    const { body: after } = await ann.get('catalogue').expect(200)
    const prices = after.sold.map(({ price }: { price: string }) => price)
    assert.match(prices[0], /^price_/)
    assert.equal(new Set(prices).size, 1)
    const coupons = after.sold.filter(({ coupon }: { coupon: string | null }) => coupon !== null)
    assert.ok(coupons.length >= 1, 'an offer with a discount has its coupon')
    const dearer = (await ann.get('versions/current')).body.number
    await ann.post('versions/1/restore', { why: 'Cheaper' }).expect(200)
    await ann.post(`versions/${dearer}/restore`, { why: 'Dearer again' }).expect(200)
    assert.deepEqual((await ann.get('catalogue')).body.sold, after.sold)
  })

  it('compares a whole configuration without keeping it', async () => {
    const { body: current } = await ann.get('versions/current')
    const { configuration } = current
    const { body: same } = await ann.post('check', { configuration }).expect(200)
    assert.deepEqual([same.changes, same.problems], [[], []])
    const { offers, ...rest } = configuration
    const { body } = await ann
      .post('check', { configuration: { ...rest, offers: offers.slice(1) } })
      .expect(200)
    assert.deepEqual(
      body.changes.map(({ key, change }: Record<string, string>) => [key, change]),
      [['25c-for-5-months', 'removed']],
    )
    const wrong = await ann
      .post('check', { configuration: { ...rest, offers: [{ id: 'x' }], colours: [] } })
      .expect(422)
    assert.equal(wrong.body.problems[0].kind, 'colours')
  })
})

describe('a form', () => {
  it('can be made of the schema of each kind, with words for every field', async () => {
    const { body } = await ann.get('kinds').expect(200)
    const offers = body.kinds.find(({ kind }: { kind: string }) => kind === 'offers')
    assert.equal(offers.title, 'An offer')
    for (const field of ['headline', 'button', 'startsAt', 'endsAt', 'priority', 'plan']) {
      assert.ok(offers.schema.properties[field].description, field)
    }
  })
})
