import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { formatMoney, type Money } from '../../src/offers/money.ts'
import type { Offer } from '../../src/offers/offer.ts'
import { type Price, priceOf } from '../../src/offers/price.ts'
import { offerWords, writtenDate, writtenNumber } from '../../src/offers/words.ts'
import { anyInstant, anyOffer } from './any-offer.ts'
import { anOffer, aPlan, aSite, quarterDollarSale } from './examples.ts'
import { showcase } from './showcase.ts'

const morning = '2026-11-24T09:30:00-05:00'
const noBreak = '\u00a0'

type Written = Record<string, unknown>

function wordsOf({
  intro,
  endsAt,
  plan,
  site: written,
  now = morning,
}: {
  intro?: Written
  endsAt?: string
  plan?: Written
  site?: Written
  now?: string
}) {
  const site = aSite(written)
  return offerWords({
    offer: anOffer({ intro, endsAt }),
    plan: aPlan(plan),
    site,
    language: site.language,
    now: Date.parse(now),
  })
}

describe('the words of an offer', () => {
  it('are all there for the shipped sale', () => {
    const terms =
      'Nothing to pay today. On April 24, 2027 your first bill comes to $20.24: 25¢ for the 5 months until then, ' +
      'plus $19.99 for the 4 weeks after. Your subscription then renews automatically at the regular price of ' +
      '$19.99 every 4 weeks until you cancel. Cancel anytime in your account; cancel before April 24, 2027 and ' +
      'you pay nothing.'
    assert.deepEqual(wordsOf({ intro: quarterDollarSale, endsAt: '2026-12-04T12:00:00Z' }), {
      language: 'en-US',
      headline: 'Unlimited Digital Access',
      price: 'Only 25¢ for 5 months',
      button: 'Act now',
      notes: ['Sale ends soon', 'Cancel anytime'],
      terms,
      termsHash: createHash('sha256').update(terms, 'utf8').digest('hex'),
      payments: [
        { label: 'Today', text: 'Nothing' },
        { label: 'Next payment', text: '$20.24 on April 24, 2027' },
        { label: 'Regular price', text: '$19.99 every 4 weeks, from April 24, 2027' },
      ],
      endsAt: '2026-12-04T07:00:00-05:00',
    })
  })

  for (const { of, given, price, terms } of [
    {
      of: 'a plan without an intro',
      given: {},
      price: '$19.99 every 4 weeks',
      terms:
        'You pay $19.99 today for the first 4 weeks. Your subscription then renews automatically at the regular ' +
        'price of $19.99 every 4 weeks until you cancel. Cancel anytime in your account; cancel before a renewal ' +
        'and you pay nothing more.',
    },
    {
      of: 'an intro that is charged at once',
      given: { intro: { kind: 'in_all', amount: 100, months: 3 } },
      price: 'Only $1 for 3 months',
      terms:
        'You pay $1 today for the first 3 months. On February 24, 2027 your subscription renews automatically at ' +
        'the regular price of $19.99 every 4 weeks until you cancel. Cancel anytime in your account; cancel before ' +
        'February 24, 2027 and you pay nothing more.',
    },
    {
      of: 'an intro too small to charge that is waived',
      given: { intro: { ...quarterDollarSale, belowMinimum: 'waive' } },
      price: 'Free for 5 months',
      terms:
        'Nothing to pay today: the first 5 months are free. On April 24, 2027 your subscription renews ' +
        'automatically at the regular price of $19.99 every 4 weeks until you cancel. Cancel anytime in your ' +
        'account; cancel before April 24, 2027 and you pay nothing.',
    },
    {
      of: 'a free month before a yearly plan',
      given: {
        intro: { ...quarterDollarSale, months: 1, belowMinimum: 'waive' },
        plan: { price: { amount: 19900, currency: 'USD' }, every: { years: 1 } },
      },
      price: 'Free for 1 month',
      terms:
        'Nothing to pay today: the first month is free. On December 24, 2026 your subscription renews ' +
        'automatically at the regular price of $199 a year until you cancel. Cancel anytime in your account; ' +
        'cancel before December 24, 2026 and you pay nothing.',
    },
    {
      of: 'one deferred month before a monthly plan',
      given: { intro: { ...quarterDollarSale, months: 1 }, plan: { every: { months: 1 } } },
      price: 'Only 25¢ for 1 month',
      terms:
        'Nothing to pay today. On December 24, 2026 your first bill comes to $20.24: 25¢ for the month until then, ' +
        'plus $19.99 for the month after. Your subscription then renews automatically at the regular price of ' +
        '$19.99 every month until you cancel. Cancel anytime in your account; cancel before December 24, 2026 and ' +
        'you pay nothing.',
    },
    {
      of: 'a sale in pounds at a British site',
      given: {
        intro: quarterDollarSale,
        plan: { price: { amount: 999, currency: 'GBP' }, every: { weeks: 1 } },
        site: { language: 'en-GB', timeZone: 'Europe/London' },
      },
      price: 'Only 25p for 5 months',
      terms:
        'Nothing to pay today. On 24 April 2027 your first bill comes to £10.24: 25p for the 5 months until then, ' +
        'plus £9.99 for the week after. Your subscription then renews automatically at the regular price of £9.99 ' +
        'every week until you cancel. Cancel anytime in your account; cancel before 24 April 2027 and you pay nothing.',
    },
    {
      of: 'an intro below the minimum in forints',
      given: {
        intro: { ...quarterDollarSale, amount: 5000, months: 2 },
        plan: { price: { amount: 499000, currency: 'HUF' }, every: { months: 3 } },
        site: { language: 'en', timeZone: 'Europe/Budapest' },
      },
      price: `Only HUF${noBreak}50 for 2 months`,
      terms:
        `Nothing to pay today. On January 24, 2027 your first bill comes to HUF${noBreak}5,040: HUF${noBreak}50 for ` +
        `the 2 months until then, plus HUF${noBreak}4,990 for the 3 months after. Your subscription then renews ` +
        `automatically at the regular price of HUF${noBreak}4,990 every 3 months until you cancel. Cancel anytime in ` +
        'your account; cancel before January 24, 2027 and you pay nothing.',
    },
    {
      of: 'a plan in yen by the day, in a language without words of its own yet',
      given: {
        plan: { price: { amount: 50, currency: 'JPY' }, every: { days: 1 } },
        site: { language: 'ja-JP', timeZone: 'Asia/Tokyo' },
      },
      price: '￥50 every day',
      terms:
        'You pay ￥50 today for the first day. Your subscription then renews automatically at the regular price of ' +
        '￥50 every day until you cancel. Cancel anytime in your account; cancel before a renewal and you pay ' +
        'nothing more.',
    },
  ]) {
    it(`say the price and the terms of ${of}`, () => {
      const words = wordsOf(given)
      assert.equal(words.price, price)
      assert.equal(words.terms, terms)
    })
  }

  it('say the period of the regular price as people do', () => {
    const periods = [
      { days: 1 },
      { days: 10 },
      { weeks: 1 },
      { weeks: 4 },
      { months: 1 },
      { months: 6 },
      { years: 1 },
      { years: 2 },
    ]
    assert.deepEqual(
      periods.map((every) => wordsOf({ plan: { every } }).price),
      [
        '$19.99 every day',
        '$19.99 every 10 days',
        '$19.99 every week',
        '$19.99 every 4 weeks',
        '$19.99 every month',
        '$19.99 every 6 months',
        '$19.99 a year',
        '$19.99 every 2 years',
      ],
    )
  })

  it('date the first bill by the site’s calendar', () => {
    const now = '2026-11-24T23:30:00-05:00'
    const dateAt = (timeZone: string) =>
      wordsOf({ intro: quarterDollarSale, now, site: { timeZone } }).terms.match(/On (.+?) your/)?.[1]
    assert.equal(dateAt('America/New_York'), 'April 24, 2027')
    assert.equal(dateAt('UTC'), 'April 25, 2027')
    assert.equal(dateAt('Asia/Tokyo'), 'April 25, 2027')
  })

  it('have the same terms all day long, and others with another date or price', () => {
    const hashAt = (now: string) => wordsOf({ intro: quarterDollarSale, now }).termsHash
    const hash = hashAt('2026-11-24T00:00:00-05:00')
    assert.equal(hashAt('2026-11-24T23:59:59-05:00'), hash)
    assert.notEqual(hashAt('2026-11-25T00:00:00-05:00'), hash)
    assert.notEqual(wordsOf({ intro: { ...quarterDollarSale, amount: 26 } }).termsHash, hash)
    assert.match(hash, /^[0-9a-f]{64}$/)
  })
})

describe('the words of whatever offer validates', () => {
  it('name the very sums that are charged, and no number that the price does not give', () => {
    const someLanguage = fc.constantFrom('en-US', 'en-GB', 'de-DE', 'de-CH', 'ar', 'ar-EG', 'ja-JP')
    fc.assert(
      fc.property(anyOffer, someLanguage, anyInstant, ({ offer, plan }, language, now) => {
        const site = aSite()
        const words = offerWords({ offer, plan, site, language, now })
        const price = priceOf({ offer, plan, tax: site.tax, now, timeZone: site.timeZone })
        const written = (money: Money) => formatMoney(money, language)
        const said = `${words.price} ${words.terms}`
        if (price.dueNow.amount > 0) assert.ok(said.includes(written(price.dueNow)), said)
        if (price.gift === null) assert.ok(said.includes(written(price.regular)), said)

        const amounts = [price.dueNow, price.regular, price.firstRegularBill?.amount, price.intro?.price]
        const dates = [price.firstRegularBill?.atMs].map((atMs) =>
          atMs === undefined ? '' : writtenDate(atMs, { language, timeZone: site.timeZone }),
        )
        const facts = [...amounts.map((money) => (money === undefined ? '' : written(money))), ...dates]
        const rest = facts
          .filter((fact) => fact !== '')
          .sort((one, other) => other.length - one.length)
          .reduce((text, fact) => text.replaceAll(fact, ''), said)
        const counts = countsOf(offer, price).map((count) => writtenNumber(language)(count))
        for (const number of rest.match(/\p{N}+/gu) ?? [])
          assert.ok(counts.includes(number), `${number} in ${said}`)
        assert.ok(words.terms.length <= 1200, 'Stripe shows 1200 characters beside the button')
      }),
      { numRuns: 300 },
    )
  })
})

/** What else the words may count: periods, bills, months, percent. */
function countsOf({ intro, gift }: Offer, { every, intro: price }: Price): number[] {
  const counts = [every.count, gift?.months ?? 0]
  if (intro?.kind === 'in_all') counts.push(intro.months)
  if (intro?.kind === 'free') counts.push(intro.days)
  if (price?.kind === 'discount') counts.push(price.bills, price.percentOff ?? 0)
  if (intro !== undefined && 'for' in intro && intro.for !== 'once') counts.push(...Object.values(intro.for))
  return counts
}

describe('the terms of one offer', () => {
  for (const language of ['en-US', 'de-DE', 'ar']) {
    it(`are told from those of every other kind, and of another price, in ${language}`, () => {
      const hashes = showcase.flatMap(({ offer, plan = {} }, index) => {
        const { price, ...rest } = aPlan(plan)
        const dearer = { ...rest, price: { ...price, amount: price.amount + 1 } }
        const gift = 'gift' in offer ? { gift: { amount: 12_300 + index, months: 3 } } : {}
        return [termsHash(offer, plan, language), termsHash({ ...offer, ...gift }, dearer, language)]
      })
      assert.equal(new Set(hashes).size, hashes.length)
    })
  }

  function termsHash(offer: Written, plan: Written, language: string): string {
    const site = aSite()
    const now = Date.parse(morning)
    return offerWords({ offer: anOffer(offer), plan: aPlan(plan), site, language, now }).termsHash
  }
})

describe('the note about an offer’s end', () => {
  const noteOf = (given: Parameters<typeof wordsOf>[0]) =>
    wordsOf({ intro: quarterDollarSale, ...given }).notes

  it('is "soon" from 14 days before', () => {
    assert.deepEqual(noteOf({ endsAt: '2026-12-08T09:30:00-05:00' }), ['Sale ends soon', 'Cancel anytime'])
    assert.deepEqual(noteOf({ endsAt: '2026-12-08T09:30:01-05:00' }), [
      'Sale ends December 8, 2026',
      'Cancel anytime',
    ])
  })

  it('names the last day on which the offer runs, at the site', () => {
    assert.equal(noteOf({ endsAt: '2027-01-01T00:00:00-05:00' })[0], 'Sale ends December 31, 2026')
    assert.equal(
      noteOf({ endsAt: '2027-01-01T00:00:00Z', site: { timeZone: 'Asia/Tokyo' } })[0],
      'Sale ends January 1, 2027',
    )
    const british = { language: 'en-GB', timeZone: 'Europe/London' }
    assert.equal(noteOf({ endsAt: '2027-01-01T00:00:00Z', site: british })[0], 'Sale ends 31 December 2026')
  })

  it('is absent where there is no end', () => {
    assert.deepEqual(noteOf({}), ['Cancel anytime'])
    assert.equal(wordsOf({ intro: quarterDollarSale }).endsAt, null)
  })

  it('calls an offer at the regular price no sale', () => {
    assert.equal(wordsOf({ endsAt: '2026-12-01T00:00:00Z' }).notes[0], 'Offer ends soon')
    assert.equal(wordsOf({ endsAt: '2027-03-01T00:00:00Z' }).notes[0], 'Offer ends February 28, 2027')
  })
})
