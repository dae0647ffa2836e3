import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { closedWords, meterWords, refusalWords, resetDay, returnDay } from '../../src/browser/words.ts'
import { metered, stopped, subscribed, usedUp } from './answers.ts'

describe('the words of the script', () => {
  it('count the free articles that are left', () => {
    assert.equal(meterWords(metered(4)), '4 free articles left this month')
    assert.equal(meterWords(metered(1)), '1 free article left this month')
    assert.equal(meterWords(metered(0)), 'This is your last free article this month')
  })

  it('do not call a re-read article the last one', () => {
    assert.equal(meterWords({ ...metered(0), reason: 'reread' }), 'No free articles left this month')
  })

  it('say nothing of a meter to subscribers, nor on free articles', () => {
    assert.equal(meterWords(subscribed), null)
    assert.equal(meterWords({ ...metered(3), reason: 'free' }), null)
    assert.equal(meterWords({ ...metered(3), reason: 'subscriber' }), null)
  })

  it('say why the article is closed', () => {
    assert.equal(closedWords(stopped), 'You’ve read your 5 free articles this month.')
    assert.equal(
      closedWords({ ...stopped, meter: { ...usedUp, limit: 1 } }),
      'You’ve read your free article this month.',
    )
    assert.equal(
      closedWords({ ...stopped, meter: { ...usedUp, limit: 0 } }),
      'This article is for subscribers.',
    )
    assert.equal(
      closedWords({ ...stopped, reason: 'subscription_required' }),
      'This article is for subscribers.',
    )
    assert.equal(
      closedWords({ ...stopped, reason: 'registration_required' }),
      'This article is for readers with an account.',
    )
  })

  it('name the day of the reset as the site counts it, in the language of the page', () => {
    assert.equal(resetDay(usedUp, 'en'), 'December 1')
    assert.equal(resetDay({ ...usedUp, resetsAt: '2026-12-01T00:00:00+13:00' }, 'en-US'), 'December 1')
    assert.equal(resetDay(usedUp, 'de'), '1. Dezember')
  })

  it('fall back to English where the page names no language, or none there is', () => {
    assert.equal(resetDay(usedUp, ''), 'December 1')
    assert.equal(resetDay(usedUp, 'not a language'), 'December 1')
  })

  it('promise a day only where waiting opens the article', () => {
    assert.equal(returnDay(stopped, 'en'), 'December 1')
    assert.equal(returnDay({ ...stopped, reason: 'subscription_required' }, 'en'), null)
    assert.equal(returnDay({ ...stopped, meter: { ...usedUp, limit: 0 } }, 'en'), null)
    assert.equal(returnDay({ ...stopped, meter: null }, 'en'), null)
  })

  it('have a plain sentence for a refusal they do not know', () => {
    assert.equal(refusalWords('something_new'), 'We could not open the checkout. Please try again.')
    assert.equal(refusalWords(), 'We could not open the checkout. Please try again.')
  })
})
