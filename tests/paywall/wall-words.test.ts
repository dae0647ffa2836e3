import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { spokenLanguages } from '../../src/offers/languages.ts'
import { type CountedMeter, meterWords, nudgeWords, wallWords } from '../../src/paywall/wall-words.ts'

const month: CountedMeter = { window: 'month', limit: 5, left: 0, resetsAt: '2026-12-01T00:00:00-05:00' }

describe('the words of a wall', () => {
  it('say why the article is closed', () => {
    const closed = (reason: string, meter: CountedMeter | null) =>
      wallWords({ language: 'en-US', reason, meter, offered: true }).closed
    assert.equal(closed('meter_stop', month), 'You’ve read your 5 free articles this month.')
    assert.equal(closed('meter_stop', { ...month, limit: 1 }), 'You’ve read your free article this month.')
    assert.equal(closed('meter_stop', { ...month, limit: 0 }), 'This article is for subscribers.')
    assert.equal(closed('subscription_required', null), 'This article is for subscribers.')
    assert.equal(closed('registration_required', null), 'This article is for readers with an account.')
  })

  it('promise a day only where waiting opens the article, as the site counts it', () => {
    const later = (meter: CountedMeter, offered = true, reason = 'meter_stop', language = 'en-US') =>
      wallWords({ language, reason, meter, offered }).later
    assert.equal(later(month), 'Or come back on December 1.')
    assert.equal(later(month, false), 'You can read on from December 1.')
    assert.equal(later({ ...month, resetsAt: '2026-12-01T00:00:00+13:00' }), 'Or come back on December 1.')
    assert.equal(later(month, true, 'meter_stop', 'de'), 'Oder kommen Sie am 1. Dezember wieder.')
    assert.equal(later({ ...month, limit: 0 }), null)
    assert.equal(later(month, true, 'subscription_required'), null)
  })

  it('are there for every language that offers are told in, and say which way it is written', () => {
    for (const language of spokenLanguages) {
      const words = wallWords({ language, reason: 'meter_stop', meter: month, offered: true })
      assert.equal(words.language, language)
      assert.equal(words.direction, language === 'ar' ? 'rtl' : 'ltr')
      assert.ok(words.signIn.sent.includes('{email}') && words.ends.includes('{time}'), language)
      if (language !== 'en') assert.notEqual(words.agree, 'I agree to these terms')
    }
  })

  it('are made once for all readers who meet the same wall', () => {
    const ask = () => wallWords({ language: 'ar', reason: 'meter_stop', meter: { ...month }, offered: true })
    assert.equal(ask(), ask())
  })

  it('name on a nudge how many articles are left', () => {
    assert.equal(nudgeWords('en', { ...month, left: 2 }).closed, '2 free articles left this month')
  })
})

describe('the words about a meter', () => {
  const left = (count: number, language = 'en', isNew = true) =>
    meterWords(language, { ...month, left: count }, isNew).left

  it('count the free articles that are left', () => {
    assert.equal(left(4), '4 free articles left this month')
    assert.equal(left(1), '1 free article left this month')
    assert.equal(left(0), 'This is your last free article this month')
    assert.equal(left(2, 'de'), 'Diesen Monat noch 2 freie Artikel')
  })

  it('do not call a re-read article the last one', () => {
    assert.equal(left(0, 'en', false), 'No free articles left this month')
  })

  it('count in Arabic as Arabic does: one, two, three to ten, and more', () => {
    assert.deepEqual(
      [1, 2, 3, 11].map((count) => left(count, 'ar')),
      [
        'بقي لك مقال مجاني واحد هذا الشهر',
        'بقي لك مقالان مجانيان هذا الشهر',
        'بقي لك 3 مقالات مجانية هذا الشهر',
        'بقي لك 11 مقالًا مجانيًا هذا الشهر',
      ],
    )
  })
})
