import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import request from 'supertest'
import { eventually } from '../publishing/examples.ts'
import { type Service, startService } from '../support/service.ts'
import { adminAt, type Browser, draftAt, entryAt } from './desk.ts'

let service: Service
let ann: Browser
before(async () => {
  service = await startService()
  ann = await adminAt(service)
})
after(() => service.stop())

const preview = async (situation: object) => (await ann.post('preview', situation).expect(200)).body

describe('the preview', () => {
  it('shows a new reader an open article, and one who has read all of theirs the wall with the offer', async () => {
    const fresh = await preview({})
    assert.deepEqual([fresh.answer.reason, fresh.answer.meter.used], ['metered', 1])
    const third = await preview({ reader: { read: 3 } })
    assert.deepEqual([third.answer.granted, third.answer.meter.used, third.answer.meter.left], [true, 4, 1])
    const stopped = await preview({ reader: { read: 5 } })
    assert.deepEqual([stopped.answer.reason, stopped.answer.wall.kind], ['meter_stop', 'subscription'])
    assert.equal(stopped.answer.offer.price, 'Only 25¢ for 5 months')
    assert.match(stopped.why.rules.at(-1).says, /used 5 of 5/)
  })

  it('lets subscribers through, also those who have cancelled or owe a payment', async () => {
    const reasons: string[] = []
    for (const subscription of ['active', 'cancelled', 'past_due']) {
      const { answer } = await preview({ reader: { read: 5, subscription }, article: { class: 'premium' } })
      reasons.push(answer.reason)
    }
    assert.deepEqual(reasons, ['subscriber', 'subscriber', 'grace'])
  })

  it('shows a re-read, a premium article and one that needs an account as they are', async () => {
    const reasons = await Promise.all(
      [
        { reader: { read: 5, hasReadThis: true } },
        { article: { class: 'premium' } },
        { article: { class: 'registered' } },
        { article: { class: 'free' } },
      ].map(async (situation) => (await preview(situation)).answer.reason),
    )
    assert.deepEqual(reasons, ['reread', 'subscription_required', 'registration_required', 'free'])
  })

  it('shows the day before the sale ends, and the day after', async () => {
    const sale = (await ann.get('versions/current')).body.configuration.offers[0]
    const end = Date.parse(sale.endsAt)
    const offerAt = async (ms: number) =>
      (await preview({ at: new Date(ms).toISOString(), reader: { read: 5 } })).answer.offer
    assert.ok((await offerAt(end - 86_400_000)).notes.includes('Sale ends soon'))
    assert.equal((await offerAt(end + 1000)).id, 'standing')
  })

  it('is of a draft, and of what stands in a form that nobody has saved', async () => {
    const draft = await draftAt(ann)
    const { entry, etag } = await entryAt(ann, draft, 'offers/25c-for-5-months')
    const saved = { ...entry, headline: 'Saved words' }
    await ann.put(`drafts/${draft}/entries/offers/25c-for-5-months`, { entry: saved, etag }).expect(200)
    const reader = { read: 5 }
    assert.equal((await preview({ draft, reader })).answer.offer.headline, 'Saved words')
    assert.equal((await preview({ reader })).answer.offer.headline, 'Unlimited Digital Access')
    const typed = { kind: 'offers', key: '25c-for-5-months', entry: { ...entry, headline: 'Typed words' } }
    assert.equal((await preview({ draft, reader, unsaved: [typed] })).answer.offer.headline, 'Typed words')
    assert.equal((await preview({ draft, reader })).answer.offer.headline, 'Saved words')
  })

  it('speaks each language of the site', async () => {
    const draft = await draftAt(ann)
    const site = await entryAt(ann, draft, 'sites/demo')
    const languages = { kind: 'sites', key: 'demo', entry: { ...site.entry, languages: ['de-DE'] } }
    const offers = (await ann.get(`drafts/${draft}/entries?kind=offers`)).body.entries
    const german = offers.map(({ key, entry }: { key: string; entry: object }) => ({
      kind: 'offers',
      key,
      entry: { ...entry, translations: { 'de-DE': { headline: 'Alles lesen', button: 'Jetzt lesen' } } },
    }))
    const { answer } = await preview({
      draft,
      unsaved: [languages, ...german],
      language: 'de-DE',
      reader: { read: 5 },
    })
    assert.deepEqual([answer.offer.language, answer.offer.headline], ['de-DE', 'Alles lesen'])
  })

  it('shows what a reader in Germany who reads Sport and comes from Google is offered, and nobody else', async () => {
    const draft = await draftAt(ann)
    const { entry } = await entryAt(ann, draft, 'offers/standing')
    const audience = { countries: ['DE'], sections: ['sport'], referrers: ['google.com'] }
    const german = { ...entry, id: 'sport-in-germany', priority: 200, ...audience }
    const unsaved = [{ kind: 'offers', key: null, entry: german }]
    const offered = async (country: string, section: string, referrer: string) => {
      const visit = { country, referrer }
      const article = { section }
      return (await preview({ draft, unsaved, visit, article, reader: { read: 5 } })).answer.offer.id
    }
    assert.equal(await offered('DE', 'sport', 'https://www.google.com/'), 'sport-in-germany')
    assert.equal(await offered('AT', 'sport', 'https://www.google.com/'), '25c-for-5-months')
    assert.equal(await offered('DE', 'world', 'https://www.google.com/'), '25c-for-5-months')
    assert.equal(await offered('DE', 'sport', 'https://www.bing.com/'), '25c-for-5-months')
  })

  it('shows the allowance of a referrer or a campaign, and the wall once it is used up', async () => {
    const unsaved = [
      { kind: 'referrer', id: 'search', hosts: ['google.com'] },
      { kind: 'campaign', id: 'spring', tokens: ['spring-letter'] },
    ].map((rule) => ({
      kind: 'exemptions',
      key: null,
      entry: { site: 'demo', allowance: { articles: 2, window: 'day' }, ...rule },
    }))
    const reasonFor = async (visit: object, reader: object = {}, article: object = {}) =>
      (await preview({ unsaved, visit, reader: { read: 5, ...reader }, article })).answer.reason
    assert.equal(await reasonFor({}), 'meter_stop')
    assert.equal(await reasonFor({ referrer: 'https://www.google.com/' }), 'referrer')
    assert.equal(await reasonFor({ campaign: 'spring-letter' }), 'referrer')
    assert.equal(await reasonFor({ campaign: 'another' }), 'meter_stop')
    const used = { hasUsedAllowance: true }
    assert.equal(await reasonFor({ campaign: 'spring-letter' }, used), 'meter_stop')
    assert.equal(await reasonFor({ campaign: 'spring-letter' }, { ...used, read: 2 }), 'metered')
    assert.equal(await reasonFor({ campaign: 'spring-letter' }, {}, { class: 'premium' }), 'referrer')
    assert.equal(
      await reasonFor({ campaign: 'spring-letter' }, used, { class: 'premium' }),
      'subscription_required',
    )
  })

  it('says what is wrong with a draft that nobody can meet', async () => {
    const unsaved = [
      {
        kind: 'offers',
        key: 'standing',
        entry: { id: 'standing', plan: 'none', headline: 'A', button: 'B' },
      },
    ]
    const { body } = await ann.post('preview', { unsaved }).expect(422)
    assert.deepEqual([body.problems[0].key, body.problems[0].field], ['standing', 'plan'])
  })
})

describe('why did this reader see this?', () => {
  it('is told to people of the console about any reader of any site', async () => {
    const about = { reader: { id: 'anna' }, article: { id: 'a' } }
    const { body } = await ann.post('explain', about).expect(200)
    assert.match(body.why.rules.at(-1).says, /is open; used 0 of 5/)
    const { body: past } = await ann.post('explain', { ...about, at: '2026-01-10T12:00:00Z' }).expect(200)
    assert.equal(past.meter.resetsAt, '2026-02-01T00:00:00-05:00')
  })

  it('is found by the id of the decision that the reader was given', async () => {
    const { body: answer } = await request(service.url)
      .post('/v1/views')
      .send({ article: { id: 'b', section: 'world' } })
    await eventually(async () => (await ann.get(`decisions/${answer.decision}`)).status === 200)
    const { body: found } = await ann.get(`decisions/${answer.decision}`).expect(200)
    assert.deepEqual([found.answer.reason, found.explain.article.section], ['metered', 'world'])
    const { body: explained } = await ann.post('explain', found.explain).expect(200)
    assert.equal(explained.reason, 'reread')
    await ann.get('decisions/d_unknown').expect(404)
  })
})
