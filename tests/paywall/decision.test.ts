import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { RecordedView } from '../../src/metering/meter-store.ts'
import { judge, type View } from '../../src/metering/views.ts'
import { articleSchema } from '../../src/paywall/article.ts'
import { decide } from '../../src/paywall/decision.ts'
import { explain } from '../../src/paywall/explanation.ts'
import { proposeOffer } from '../../src/paywall/propose-offer.ts'
import { planOf, type Question } from '../../src/paywall/question.ts'
import { limitOf, roomRules } from '../support/reading-room.ts'

const now = Date.parse('2027-01-10T12:00:00-05:00')
const plans = [
  { id: 'digital', name: 'Digital', price: { amount: 1999, currency: 'USD' }, every: { weeks: 4 } },
]
const copy = { plan: 'digital', headline: 'Read on', button: 'Subscribe' }
const offers = [
  { ...copy, id: 'sale', priority: 9, endsAt: '2027-02-01T00:00:00Z' },
  { ...copy, id: 'spring', priority: 99, startsAt: '2027-03-01T00:00:00Z' },
  { ...copy, id: 'winter', priority: 99, endsAt: '2026-12-01T00:00:00Z' },
  { ...copy, id: 'standing' },
]
const walls = [{ kind: 'subscription' }, { kind: 'registration' }]
const nudges = [{ id: 'second', fromView: 2, atMost: { times: 1, days: 7 } }]
const rules = roomRules({ plans, offers, walls, nudges, meter: { limit: limitOf(2) } })

/** What the store has answered: earlier articles read, and this one committed. */
function decideFor(
  changes: Partial<Question> & { class?: string; read?: string[]; subscribed?: boolean; away?: boolean },
) {
  const { class: articleClass = 'metered', read = [], subscribed = false, away = false, ...rest } = changes
  const article = articleSchema.parse({ id: 'this one', class: articleClass })
  const question: Question = {
    article,
    registered: false,
    lateAt: null,
    rules,
    now,
    exemption: null,
    allowance: null,
    ...rest,
  }
  const views: View[] = read.map((id) => viewOf({ ...question, article: { ...article, id } }))
  const plan = planOf(question)
  const access = subscribed ? ({ standing: 'subscriber', untilMs: now + 1000 } as const) : null
  const judgement = plan.commit === null ? null : judge(views, plan.commit)
  const facts = away
    ? null
    : judgement === null
      ? { views, access }
      : ({ views, access, judgement } satisfies RecordedView)
  return { question, plan, facts, decision: decide(question, plan, facts) }
}

/** As for a reader on a phone in Canada, who has bought an offer of last year. */
async function explained(changes: Parameters<typeof decideFor>[0]) {
  const taken = decideFor(changes)
  const parts = {
    boughtOffers: async () => ['last-year'],
    isSoldOut: () => true,
    onStoreAway: () => assert.fail(),
  }
  const lookAtVisit = () => ({ country: 'CA', device: 'phone', referrer: null }) as const
  return explain(taken, await proposeOffer(parts, taken, { reader: 'demo:reader', lookAtVisit }))
}

function viewOf(question: Question): View {
  const { commit } = planOf(question)
  return { article: commit?.article ?? 0, meter: commit?.meters[0]?.meter ?? 0, atSeconds: now / 1000 - 60 }
}

function reasonOf(changes: Parameters<typeof decideFor>[0]): string {
  return decideFor(changes).decision.reason
}

const network = { reason: 'network', by: 'library' } as const

describe('the order of the questions (spec rule 10)', () => {
  it('a free article is free to all, with a store or without', () => {
    assert.equal(reasonOf({ class: 'free', subscribed: true }), 'free')
    assert.equal(reasonOf({ class: 'free', away: true }), 'free')
  })

  it('without the store the site’s policy answers before anything else is asked', () => {
    const { decision } = decideFor({ away: true, class: 'premium' })
    assert.deepEqual([decision.granted, decision.reason], [true, 'store_unavailable'])
    const closed = roomRules({ site: { whenStoreUnavailable: 'closed' } })
    assert.equal(decideFor({ away: true, rules: closed }).decision.granted, false)
  })

  it('a subscriber is one before any exemption and any wall', () => {
    assert.equal(reasonOf({ subscribed: true, exemption: network }), 'subscriber')
    assert.equal(reasonOf({ subscribed: true, class: 'premium' }), 'subscriber')
  })

  it('an exemption opens premium articles too, and counts nothing', () => {
    const { plan, decision } = decideFor({ exemption: network, class: 'premium' })
    assert.equal(decision.reason, 'network')
    assert.equal(plan.commit, null)
  })

  it('premium asks for a subscription, registered for an account', () => {
    assert.equal(reasonOf({ class: 'premium', registered: true }), 'subscription_required')
    const { decision } = decideFor({ class: 'registered' })
    assert.equal(decision.reason, 'registration_required')
    assert.equal(decision.wall?.kind, 'registration')
  })

  it('an account lets a registered article through to the meter', () => {
    assert.equal(reasonOf({ class: 'registered', registered: true }), 'metered')
  })

  it('the meter is asked last', () => {
    assert.equal(reasonOf({ read: ['A'] }), 'metered')
    assert.equal(reasonOf({ read: ['A', 'this one'] }), 'reread')
    assert.equal(reasonOf({ read: ['A', 'B'] }), 'meter_stop')
  })
})

describe('the wall of a meter stop', () => {
  it('asks for an account first, where one would give more free articles', () => {
    const generous = roomRules({ walls, meter: { limit: limitOf(1, 3) } })
    assert.equal(decideFor({ rules: generous, read: ['A'] }).decision.wall?.kind, 'registration')
    const { decision } = decideFor({ rules: generous, read: ['A', 'B', 'C'], registered: true })
    assert.equal(decision.wall?.kind, 'subscription')
  })

  it('asks for a subscription where an account gives nothing more', () => {
    assert.equal(decideFor({ read: ['A', 'B'] }).decision.wall?.kind, 'subscription')
  })
})

describe('a nudge', () => {
  it('brings the offer to an article that stays open', () => {
    const { decision } = decideFor({ read: ['A'] })
    assert.deepEqual([decision.granted, decision.nudge, decision.proposes], [true, 'second', true])
  })

  it('does not come at other views', () => {
    assert.equal(decideFor({}).decision.proposes, false)
  })
})

describe('a decision explains itself', () => {
  it('with the rules that were asked, up to the one that answered, and what it saw', async () => {
    const { rules: asked } = await explained({ read: ['A', 'B'] })
    assert.deepEqual(
      asked.map(({ rule, answered }) => `${rule}${answered ? '!' : ''}`),
      [
        'free_article',
        'store',
        'subscription',
        'exemption',
        'allowance',
        'premium_wall',
        'registration_wall',
        'meter!',
      ],
    )
    assert.equal(
      asked.at(-1)?.says,
      'The article is refused: no free view is left; used 2 of 2 (anonymous readers, meter default, window month), a view comes back at 2027-02-01T00:00:00-05:00.',
    )
  })

  it('with every offer, and why it was chosen or not', async () => {
    const { offers: seen } = await explained({ read: ['A', 'B'] })
    assert.deepEqual(seen, [
      { id: 'sale', chosen: true, says: 'Runs, and is the first by priority.' },
      { id: 'spring', chosen: false, says: 'Starts at 2027-02-28T19:00:00-05:00.' },
      { id: 'winter', chosen: false, says: 'Ended at 2026-11-30T19:00:00-05:00.' },
      { id: 'standing', chosen: false, says: 'Runs, but sale comes first by priority.' },
    ])
  })

  it('and names what an offer asks that the reader does not bring', async () => {
    const asking = [
      { ...copy, id: 'in-germany', countries: ['DE', 'AT'] },
      { ...copy, id: 'on-a-desktop', devices: ['desktop'] },
      { ...copy, id: 'in-sports', sections: ['sports', 'chess'] },
      { ...copy, id: 'for-members', audience: ['registered'] },
      { ...copy, id: 'last-year', oncePerReader: true },
      { ...copy, id: 'first-ten', redemptions: 10 },
      { ...copy, id: 'from-afar', referrers: ['example.com'] },
      { ...copy, id: 'as-a-gift', gift: { amount: 900, months: 1 } },
      { ...copy, id: 'go-on', audience: ['cancelling'] },
      { ...copy, id: 'welcome-back', audience: ['ended'] },
      { ...copy, id: 'too-late', audience: ['new'] },
    ]
    const asked = roomRules({ plans, offers: asking, meter: { limit: limitOf(0) } })
    const { offers: seen } = await explained({ rules: asked })
    assert.deepEqual(
      seen.map(({ id, says }) => `${id}: ${says}`),
      [
        'in-germany: Runs, but is for readers in DE or AT, not CA.',
        'on-a-desktop: Runs, but is shown on a desktop, not on a phone.',
        'in-sports: Runs, but is shown in sports or chess only.',
        'for-members: Runs, but is for registered readers only.',
        'last-year: Runs, but is sold once to a reader, and this one has bought it.',
        'first-ten: Runs, but is sold out: all 10 have been taken.',
        'from-afar: Runs, but is shown to readers who come from example.com.',
        'as-a-gift: Runs, but is a gift, which no wall proposes.',
        'go-on: Runs, but is for readers who are cancelling, whom no wall stops.',
        'welcome-back: Runs, and is the first by priority.',
        'too-late: Runs, but welcome-back comes first by priority.',
      ],
    )
  })

  it('and no rule after the one that answered', async () => {
    const { rules: asked } = await explained({ subscribed: true })
    assert.deepEqual(asked.at(-1), {
      rule: 'subscription',
      answered: true,
      says: 'The reader is a subscriber until 2027-01-10T12:00:01-05:00.',
    })
  })
})
