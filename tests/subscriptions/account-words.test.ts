import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { siteSchema } from '../../src/paywall/site.ts'
import type { Access } from '../../src/subscriptions/access.ts'
import {
  endWords,
  freeArticleWords,
  type Held,
  subscriptionWords,
} from '../../src/subscriptions/account-words.ts'
import type { Attempt } from '../../src/subscriptions/attempt.ts'
import { anAccess, anAttempt } from './examples.ts'

const site = siteSchema.parse({ id: 'demo', name: 'The Harbor Lantern', timeZone: 'America/New_York' })
const introEndsAtMs = Date.UTC(2027, 3, 24, 16)
const duringIntro = Date.UTC(2026, 11, 24)
const afterIntro = Date.UTC(2027, 5, 1, 12)

const usd = (amount: number) => ({ amount, currency: 'USD' }) as const

function inIntro(collected: 'now' | 'with_first_bill' | 'never', changes: Partial<Access> = {}): Held {
  const amount = collected === 'with_first_bill' ? 2024 : 1999
  return {
    access: anAccess({
      untilMs: introEndsAtMs + 1,
      nextCharge: { ...usd(amount), atMs: introEndsAtMs },
      ...changes,
    }),
    attempt: anAttempt({ intro: { kind: 'trial', collected, price: usd(25), endsAtMs: introEndsAtMs } }),
    site,
    language: 'en-US',
    now: duringIntro,
  }
}

function paying(changes: Partial<Access> = {}, intro: Attempt['intro'] = null): Held {
  const periodEndMs = Date.UTC(2027, 5, 19, 3)
  return {
    access: anAccess({
      untilMs: periodEndMs + 1,
      nextCharge: { ...usd(1999), atMs: periodEndMs },
      ...changes,
    }),
    attempt: anAttempt({ intro }),
    site,
    language: 'en-US',
    now: afterIntro,
  }
}

const rows = (held: Held) => subscriptionWords(held).rows.map(({ label, text, note }) => [label, text, note])

describe('what a subscriber is told of money and time', () => {
  it('counts a small introductory amount into the next charge, and says so', () => {
    assert.deepEqual(rows(inIntro('with_first_bill')), [
      ['Introductory period', 'until April 24, 2027', null],
      [
        'Next charge',
        '$20.24, due on April 24, 2027',
        '25¢ for the introductory period and $19.99 for the period after it',
      ],
      ['Regular price', '$19.99 every 4 weeks', null],
    ])
  })

  it('names the day at the site, in the language of the reader', () => {
    assert.deepEqual(rows(paying())[0], ['Paid until', 'June 18, 2027', null])
    const german = { ...paying(), language: 'de-DE', site: { ...site, timeZone: 'Europe/Berlin' } }
    assert.deepEqual(rows(german).slice(1), [
      ['Nächste Zahlung', '19,99\u00a0$, fällig am 19. Juni 2027', null],
      ['Regulärer Preis', '19,99\u00a0$ alle 4 Wochen', null],
    ])
    assert.equal(
      endWords({ ...german, language: 'ar' }),
      'يمكنك القراءة حتى 19 يونيو 2027. لن تدفع أي مبلغ آخر.',
    )
  })

  it('says nothing of an introductory period that is over', () => {
    const intro = {
      kind: 'trial',
      collected: 'with_first_bill',
      price: usd(25),
      endsAtMs: introEndsAtMs,
    } as const
    assert.deepEqual(rows(paying({}, intro)), rows(paying()))
  })

  it('calls nothing paid while a renewal is being collected', () => {
    const held = paying({ nextCharge: { ...usd(1999), atMs: afterIntro - 1 } })
    assert.deepEqual(rows(held), [
      ['Next charge', '$19.99, due on June 1, 2027', null],
      ['Regular price', '$19.99 every 4 weeks', null],
    ])
  })
})

describe('what canceling comes to', () => {
  for (const collected of ['with_first_bill', 'never'] as const) {
    it(`no charge at all where the introductory amount is collected ${collected}`, () => {
      assert.equal(
        endWords(inIntro(collected)),
        'You can read until April 24, 2027. You will not be charged.',
      )
    })
  }

  it('no further charge where something was paid', () => {
    assert.equal(
      endWords(inIntro('now')),
      'You can read until April 24, 2027. You will not be charged again.',
    )
    assert.equal(endWords(paying()), 'You can read until June 18, 2027. You will not be charged again.')
  })

  it('is the same after as before', () => {
    for (const held of [inIntro('with_first_bill'), paying()]) {
      const endsAtMs = held.access.nextCharge?.atMs ?? 0
      const access = { ...held.access, endsAtMs, untilMs: endsAtMs, nextCharge: null }
      const { state, notice } = subscriptionWords({ ...held, access })
      assert.equal(state, 'ending')
      assert.equal(notice, `Your subscription is canceled. ${endWords(held)}`)
    }
  })
})

describe('a reader whose payment failed', () => {
  const grace = (untilMs: number) => paying({ standing: 'grace', untilMs, nextCharge: null })

  it('is told how long they can read on', () => {
    const { state, notice } = subscriptionWords(grace(Date.UTC(2027, 5, 10, 12)))
    assert.equal(state, 'owing')
    assert.equal(
      notice,
      'Your last payment did not go through. We will try it again. Until June 10, 2027 you can read on.',
    )
  })

  it('is told why articles are closed when that is over', () => {
    const { notice } = subscriptionWords(grace(afterIntro))
    assert.equal(
      notice,
      'Your last payment did not go through. We will try it again. Until it succeeds you cannot read on.',
    )
  })

  it('is not promised that canceling takes back what they owe', () => {
    const owed = 'The payment that failed may still be collected; nothing will be charged after it.'
    assert.equal(endWords(grace(Date.UTC(2027, 5, 10, 12))), `You can read until June 10, 2027. ${owed}`)
    assert.equal(endWords(grace(afterIntro)), owed)
  })
})

describe('free articles', () => {
  const resetsAtMs = Date.UTC(2026, 11, 1, 5)
  const words = (used: number, limit: number) =>
    freeArticleWords(
      { id: 'default', window: 'month', used, limit, left: limit - used, resetsAtMs },
      { site, language: 'en-US' },
    )

  it('are counted, with the day they come back', () => {
    assert.equal(
      words(2, 5),
      'You have 3 of 5 free articles left this month, and 5 again from December 1, 2026.',
    )
    assert.equal(
      words(5, 5),
      'You have read your 5 free articles this month. You have 5 again from December 1, 2026.',
    )
    assert.equal(
      words(1, 1),
      'You have read your 1 free article this month. You have 1 again from December 1, 2026.',
    )
  })

  it('are not spoken of where there are none', () => {
    assert.equal(words(0, 0), null)
  })
})
