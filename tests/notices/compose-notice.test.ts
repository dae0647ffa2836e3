import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { composeGiftNotice } from '../../src/notices/compose-gift-notice.ts'
import { composeNotice, type Subject } from '../../src/notices/compose-notice.ts'
import { type SubscriptionNoticeKind, subscriptionNoticeKindSchema } from '../../src/notices/notice.ts'
import { siteSchema } from '../../src/paywall/site.ts'
import { anAccess, anAttempt, aSubscription } from '../subscriptions/examples.ts'

const site = siteSchema.parse({
  id: 'demo',
  name: 'The Harbor Lantern',
  timeZone: 'America/New_York',
  withdrawalDays: 14,
})
const bought = Date.UTC(2026, 10, 24, 17)
const introEndsAtMs = Date.UTC(2027, 3, 24, 16)

function mailOf(kind: SubscriptionNoticeKind, language = 'en-US', changes: Partial<Subject> = {}) {
  const notice = { id: `${kind}:x`, kind, subscription: 'sub_a', attempt: 'at_a', dueMs: 0 }
  return composeNotice(notice, {
    subscription: aSubscription({
      status: 'trialing',
      startedAtMs: bought,
      introEndsAtMs,
      nextBill: { amount: { amount: 2024, currency: 'USD' }, atMs: introEndsAtMs },
    }),
    attempt: anAttempt({
      planName: 'Unlimited Digital Access',
      consent: { terms: 'Nothing to pay today. <b>', termsHash: 'abc', atMs: bought },
      language,
    }),
    access: anAccess({ untilMs: Date.UTC(2026, 11, 8, 12) }),
    site,
    accountUrl: new URL('https://meter.example.com/account'),
    now: bought,
    ...changes,
  })
}

describe('the welcome', () => {
  it('holds the exact terms, the next charge, the way to cancel and to withdraw', () => {
    assert.equal(
      mailOf('welcome').text,
      `You have subscribed to Unlimited Digital Access. These are the terms that you agreed to on November 24, 2026:

Nothing to pay today. <b>

Next charge: $20.24 on April 24, 2027
Regular price: $19.99 every 4 weeks

You can cancel at any time, in two clicks: choose “Cancel subscription” in your account. What you have paid for stays yours until its end.

You may also withdraw from the contract until December 8, 2026, without giving a reason: choose “Withdraw from the contract” in your account.

Keep this mail: it is your record of the purchase.

Go to your account: https://meter.example.com/account

-- 
The Harbor Lantern
You get this mail because of your subscription to The Harbor Lantern. It is not advertising.
`,
    )
  })

  it('says nothing of withdrawing where nobody may', () => {
    const { text } = mailOf('welcome', 'en-US', { site: { ...site, withdrawalDays: 0 } })
    assert.doesNotMatch(text, /withdraw/)
  })
})

describe('a notice', () => {
  it('of an introductory price that ends says when, what is charged then, and how to avoid it', () => {
    const { subject, text } = mailOf('intro_ends')
    assert.equal(subject, 'Your introductory price ends on April 24, 2027')
    assert.match(text, /From then on the regular price applies: \$19\.99 every 4 weeks\./)
    assert.match(text, /Next charge: \$20\.24 on April 24, 2027/)
    assert.match(text, /Cancel before April 24, 2027 and you are not charged/)
  })

  it('of a payment that failed says how long the reader can read on', () => {
    assert.match(mailOf('payment_failed').text, /You can read on until December 8, 2026 meanwhile/)
    assert.match(mailOf('payment_failed', 'en-US', { access: null }).text, /Until it succeeds you cannot/)
  })

  it('of canceling says how long the reader can read', () => {
    const subscription = aSubscription({ endsAtMs: introEndsAtMs })
    const { text } = mailOf('canceled', 'en-US', { subscription })
    assert.match(text, /You can read until April 24, 2027; you are charged nothing after that\./)
  })

  it('comes from the paper, and is one and the same mail whenever it is sent', () => {
    const { id, fromName } = mailOf('yearly')
    assert.deepEqual([id, fromName], ['yearly:x', 'The Harbor Lantern'])
  })

  it('can be read by who sees it as a page: nothing in it is taken for markup', () => {
    const { html } = mailOf('welcome')
    assert.match(html ?? '', /Nothing to pay today\. &#60;b&#62;/)
    assert.match(html ?? '', /<html lang="en-US" dir="ltr">/)
  })
})

describe('the mail about a gift', () => {
  const mailIn = (language: string) =>
    composeGiftNotice(
      { id: 'gift:at_a' },
      {
        attempt: anAttempt({
          planName: 'Unlimited Digital Access',
          consent: { terms: '$199.00 once. <b>', termsHash: 'abc', atMs: bought },
          gift: { price: { amount: 19900, currency: 'USD' }, months: 12 },
          language,
        }),
        site,
        accountUrl: new URL('https://meter.example.com/account'),
        giftUrl: new URL('https://meter.example.com/gift/at_a.signed'),
      },
    )

  it('holds the exact terms, and the link to give on', () => {
    const { subject, text } = mailIn('en-US')
    assert.equal(subject, 'Your gift: The Harbor Lantern for 12 months')
    assert.match(text, /you agreed to on November 24, 2026:\n\n\$199\.00 once\. <b>\n/)
    assert.match(text, /The link to give on: https:\/\/meter\.example\.com\/gift\/at_a\.signed\n/)
  })

  it('is there in every language', () => {
    const mails = ['en', 'de', 'ar'].map(mailIn)
    for (const { subject, text, html } of mails)
      assert.doesNotMatch(`${subject}${text}${html}`, /undefined|null|NaN|\[object/)
    assert.equal(new Set(mails.map(({ text }) => text)).size, 3)
    assert.match(mails[2]?.html ?? '', /dir="rtl"/)
  })
})

describe('the words of a notice', () => {
  const ending = aSubscription({ endsAtMs: introEndsAtMs, introEndsAtMs, startedAtMs: bought })

  for (const kind of subscriptionNoticeKindSchema.options) {
    it(`about ${kind} are there in every language, and differ`, () => {
      const subscription = kind === 'canceled' ? { subscription: ending } : {}
      const texts = ['en', 'de', 'ar'].map((language) => {
        const { subject, text, html } = mailOf(kind, language, subscription)
        for (const words of [subject, text, html ?? '']) {
          assert.doesNotMatch(words, /undefined|null|NaN|\[object/)
        }
        return text
      })
      assert.equal(new Set(texts).size, 3)
    })
  }

  it('run from right to left in Arabic, with the dates and amounts of the language', () => {
    const { html, text } = mailOf('intro_ends', 'ar')
    assert.match(html ?? '', /<html lang="ar" dir="rtl">/)
    assert.match(text, /أبريل/)
  })

  it('are written as Germans write amounts and dates', () => {
    const { text } = mailOf('intro_ends', 'de')
    assert.match(text, /20,24\s\$ am 24\. April 2027/)
    assert.match(text, /gilt der reguläre Preis: 19,99\s\$ alle 4 Wochen\./)
  })

  it('are English for a language that has none', () => {
    assert.equal(mailOf('canceled', 'fr').subject, 'Your subscription is canceled')
  })
})
