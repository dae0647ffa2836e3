import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { PaymentEvent } from '../../src/subscriptions/payments.ts'
import { payWithCard } from '../support/buying.ts'
import { boughtAtMs, dayMs, monthsLater, openPayments, type Paying, textOf, usd } from './paying.ts'

async function openPage({ payments }: Paying, attempt: ReturnType<Paying['attempt']>) {
  return payments.openCheckout(attempt, await payments.customerOf(attempt.reader))
}

async function latestIntent({ stripe }: Paying, subscription: string): Promise<string> {
  const { data } = await stripe.invoices.list({ subscription, status: 'paid', expand: ['data.payments'] })
  return String(data[0]?.payments?.data[0]?.payment.payment_intent)
}

async function chargeOf({ stripe }: Paying, intent: string): Promise<string> {
  return String((await stripe.paymentIntents.retrieve(intent)).latest_charge)
}

/** What was given back to a customer, in cents. */
async function givenBack({ stripe }: Paying): Promise<number[]> {
  const { data } = await stripe.refunds.list({ limit: 100 })
  return data.map(({ amount }) => amount)
}

describe('the customer of a reader', () => {
  it('is one, however often and however many at once ask for it', async () => {
    await using shop = await openPayments()
    const asked = await Promise.all([1, 2, 3].map(() => shop.payments.customerOf('demo:reader')))
    assert.equal(new Set(asked).size, 1)
    assert.notEqual(await shop.payments.customerOf('demo:other'), asked[0])
  })

  it('is the known one as long as it is there, and another when somebody has deleted it', async () => {
    await using shop = await openPayments()
    const { payments } = shop
    const first = await payments.customerOf('demo:reader')
    await shop.waitUntil(boughtAtMs + 2 * dayMs)
    assert.equal(await payments.customerOf('demo:reader', first), first)
    await shop.stripe.customers.del(first)
    const second = await payments.customerOf('demo:reader', first)
    assert.notEqual(second, first)
    await payments.forget(second)
    const third = await payments.customerOf('demo:reader', second)
    assert.equal(await payments.customerOf('demo:reader', third), third)
    assert.equal(new Set([first, second, third]).size, 3)
  })

  it('has the e-mail that was typed at Checkout, and none once it is forgotten', async () => {
    await using shop = await openPayments()
    const { payments } = shop
    const { id, customer } = await shop.buy(shop.attempt())
    assert.equal(await payments.email(customer), 'reader@example.com')
    await payments.forget(customer)
    await payments.forget(customer)
    assert.equal(await payments.email(customer), null)
    assert.equal((await payments.subscription(id))?.status, 'canceled')
    assert.deepEqual(await payments.runningSubscriptions(customer), [])
  })
})

describe('the payment page', () => {
  it('is the same page when it is asked for again, and is paid once', async () => {
    await using shop = await openPayments()
    const attempt = shop.attempt()
    const pages = await Promise.all([1, 2, 3].map(() => openPage(shop, attempt)))
    assert.equal(new Set(pages.map(({ url }) => url)).size, 1)
  })

  it('calls a plan by the name it has now', async () => {
    await using shop = await openPayments()
    await openPage(shop, shop.attempt({ planName: 'Digital' }))
    const { url } = await openPage(shop, shop.attempt({ planName: 'All Digital' }))
    assert.match(await textOf(url), /Subscribe to All Digital/)
  })

  it('is made although somebody has put the price away in Stripe', async () => {
    await using shop = await openPayments()
    const { regular } = await shop.buy(shop.attempt())
    const { data } = await shop.stripe.prices.list({ active: true })
    await shop.stripe.prices.update(String(data[0]?.id), { active: false })
    assert.deepEqual((await shop.buy(shop.attempt())).regular, regular)
  })

  it('shares the price and the coupon among readers of the same offer', async () => {
    await using shop = await openPayments()
    const intro = {
      kind: 'discount',
      percentOff: 50,
      price: usd(1000),
      bills: 3,
      months: 3,
      endsAtMs: monthsLater(3),
    } as const
    for (const _ of [1, 2]) await openPage(shop, shop.attempt({ intro }))
    assert.equal((await shop.stripe.prices.list()).data.length, 1)
    assert.equal((await shop.stripe.coupons.list()).data.length, 1)
  })

  for (const [language, locale] of [
    ['en-US', 'en'],
    ['de-AT', 'de'],
    ['pt-BR', 'pt-BR'],
    ['ar', 'auto'],
  ] as const) {
    it(`is in the language of a reader of ${language}, as far as Stripe has it: ${locale}`, async () => {
      await using shop = await openPayments()
      const { session } = await openPage(shop, shop.attempt({ language }))
      assert.equal((await shop.stripe.checkout.sessions.retrieve(session)).locale, locale)
    })
  }

  it('takes a promotion code where the offer lets it', async () => {
    await using shop = await openPayments()
    const { id } = await shop.stripe.coupons.create({ percent_off: 25, duration: 'once', name: 'Spring' })
    const promotion = { type: 'coupon', coupon: id } as const
    await shop.stripe.promotionCodes.create({ promotion, code: 'SPRING25' })
    const { session, url } = await openPage(shop, shop.attempt({ promotionCodes: true }))
    const type = (code: string) => {
      const body = new URLSearchParams({ apply: 'promotion', promotion: code })
      return fetch(url, { method: 'POST', body })
    }
    assert.match(await (await type('WINTER')).text(), /This code is not valid here/)
    assert.match(await (await type('spring25')).text(), /Spring[\s\S]*−\$5\.00/)
    await payWithCard(url)
    const { subscription } = await shop.payments.checkout(session)
    await shop.waitUntil(monthsLater(1))
    assert.deepEqual(await shop.collected(String(subscription)), [1500, 2000])
    const { url: closed } = await openPage(shop, shop.attempt())
    assert.doesNotMatch(await textOf(closed), /Promotion code/)
  })

  it('can be closed while nobody has paid, and says so when somebody has', async () => {
    await using shop = await openPayments()
    const { payments } = shop
    const attempt = shop.attempt()
    const open = await openPage(shop, attempt)
    assert.equal((await payments.checkout(open.session)).status, 'open')
    for (const _ of [1, 2]) {
      assert.deepEqual(await payments.closeCheckout(open.session), {
        status: 'expired',
        attempt: attempt.id,
        subscription: null,
        charged: { total: usd(2000), discount: 0, tax: 0, discountBy: null },
        gift: null,
      })
    }
    const paid = await openPage(shop, shop.attempt())
    await payWithCard(paid.url)
    const state = await payments.closeCheckout(paid.session)
    assert.equal(state.status, 'complete')
    assert.ok(state.subscription)
  })

  it('that Stripe does not know counts as expired and is not ours', async () => {
    await using shop = await openPayments()
    assert.deepEqual(await shop.payments.checkout('cs_test_none'), {
      status: 'expired',
      attempt: null,
      subscription: null,
      charged: null,
      gift: null,
    })
  })
})

describe('a gift', () => {
  const gift = { price: usd(6000), months: 6 }

  it('is paid once and renews nothing', async () => {
    await using shop = await openPayments()
    const { payments, stripe } = shop
    const attempt = shop.attempt({ gift })
    const { session, url } = await openPage(shop, attempt)
    const text = await textOf(url)
    assert.match(text, /Digital Access: a gift of 6 months/)
    assert.match(text, /\$60\.00 due today One payment\. It does not renew\./)
    assert.deepEqual((await payments.checkout(session)).gift, { paid: false, reversal: null, email: null })
    await payWithCard(url)
    assert.deepEqual(await payments.checkout(session), {
      status: 'complete',
      attempt: attempt.id,
      subscription: null,
      charged: { total: usd(6000), discount: 0, tax: 0, discountBy: null },
      gift: { paid: true, reversal: null, email: 'reader@example.com' },
    })
    await shop.waitUntil(monthsLater(13))
    const { data } = await stripe.charges.list()
    assert.deepEqual(
      data.map(({ amount }) => amount),
      [6000],
    )
  })

  it('is called by what it is in the reader’s language', async () => {
    await using shop = await openPayments()
    for (const [language, name] of [
      ['de-DE', /Digital Access: Geschenk, 6 Monate/],
      ['ar', /Digital Access: هدية لمدة \S+ أشهر/],
      ['fr-FR', /Digital Access: a gift of 6 months/],
    ] as const) {
      const { url } = await openPage(shop, shop.attempt({ gift, language }))
      assert.match(await textOf(url), name)
    }
  })

  it('is found by its payment, and known to be refunded when it is', async () => {
    await using shop = await openPayments()
    const { payments, stripe } = shop
    const { session, url } = await openPage(shop, shop.attempt({ gift, tax: 'exclusive' }))
    await payWithCard(url)
    const intent = String((await stripe.checkout.sessions.retrieve(session)).payment_intent)
    assert.equal((await stripe.paymentIntents.retrieve(intent)).amount, 6600)
    assert.deepEqual(await payments.about(intent), { subscription: null, session })
    await stripe.refunds.create({ payment_intent: intent, amount: 1000 })
    assert.equal((await payments.checkout(session)).gift?.reversal, null)
    await stripe.refunds.create({ payment_intent: intent })
    assert.equal((await payments.checkout(session)).gift?.reversal, 'refunded')
  })
})

describe('a subscription', () => {
  it('is told of with what it is, when it began and what comes next', async () => {
    await using shop = await openPayments()
    const attempt = shop.attempt()
    const { id, customer, ...subscription } = await shop.buy(attempt)
    assert.deepEqual(subscription, {
      labels: {
        attempt: attempt.id,
        site: attempt.site,
        reader: attempt.reader,
        plan: attempt.plan,
        offer: attempt.offer,
      },
      status: 'active',
      periodStartMs: boughtAtMs,
      periodEndMs: monthsLater(1),
      endsAtMs: null,
      startedAtMs: boughtAtMs,
      introEndsAtMs: null,
      regular: usd(2000),
      nextBill: { amount: usd(2000), atMs: monthsLater(1) },
      reversal: null,
    })
  })

  it('is listed while it runs, the oldest first, and what others sold is not', async () => {
    await using shop = await openPayments()
    const { payments, stripe } = shop
    const reader = 'demo:one'
    const first = await shop.buy(shop.attempt({ reader }))
    await shop.waitUntil(boughtAtMs + 3_600_000)
    const second = await shop.buy(shop.attempt({ reader }))
    assert.equal(second.customer, first.customer)
    const ids = async () => (await payments.runningSubscriptions(first.customer)).map(({ id }) => id)
    assert.deepEqual(await ids(), [first.id, second.id])
    await stripe.subscriptions.update(second.id, { metadata: { newsrack_attempt: '' } })
    assert.deepEqual(await ids(), [first.id])
    assert.equal(await payments.subscription(second.id), null)
    await stripe.subscriptions.cancel(first.id)
    assert.deepEqual(await ids(), [])
    assert.deepEqual(await payments.runningSubscriptions('cus_none'), [])
  })

  it('that does not exist is none of ours', async () => {
    await using shop = await openPayments()
    assert.equal(await shop.payments.subscription('sub_none'), null)
    assert.equal(await shop.payments.setToEnd('sub_none'), false)
    assert.equal(await shop.payments.winBack('sub_none', shop.attempt()), false)
    await shop.payments.endNow('sub_none', 'all')
  })

  it('lists its bills, the newest first, each with a page that shows it', async () => {
    await using shop = await openPayments()
    const { id } = await shop.buy(shop.attempt({ tax: 'exclusive' }))
    await shop.waitUntil(monthsLater(1))
    const bills = await shop.payments.invoices(id)
    assert.deepEqual(
      bills.map(({ atMs, total, status }) => [atMs, total.amount, status]),
      [
        [monthsLater(1), 2200, 'paid'],
        [boughtAtMs, 2200, 'paid'],
      ],
    )
    const text = await textOf(String(bills[0]?.url))
    assert.match(text, new RegExp(`Invoice ${bills[0]?.number}`))
    assert.match(text, /Tax \(10%\) \$2\.00 Total \$22\.00/)
    assert.deepEqual(await shop.payments.invoices('sub_none'), [])
  })
})

describe('winning back a reader who has cancelled', () => {
  const intro = {
    kind: 'discount',
    percentOff: 50,
    price: usd(1000),
    bills: 2,
    months: 2,
    endsAtMs: monthsLater(2),
  } as const

  it('has the subscription go on at the lower price, and then at the regular one', async () => {
    await using shop = await openPayments()
    const { payments } = shop
    const { id, labels } = await shop.buy(shop.attempt())
    await payments.setToEnd(id)
    const offer = shop.attempt({ reader: labels.reader, intro, winsBack: id })
    for (const _ of [1, 2]) assert.equal(await payments.winBack(id, offer), true)
    const running = await shop.now(id)
    assert.equal(running.endsAtMs, null)
    assert.equal(running.labels.attempt, offer.id)
    assert.deepEqual(running.nextBill?.amount, usd(1000))
    await shop.waitUntil(monthsLater(3))
    assert.deepEqual(await shop.collected(id), [2000, 1000, 2000, 2000])
  })

  it('also undoes what was cancelled in the portal, and needs no discount', async () => {
    await using shop = await openPayments()
    const { payments, stripe } = shop
    const { id } = await shop.buy(shop.attempt())
    await stripe.subscriptions.update(id, { cancel_at: monthsLater(1) / 1000 })
    assert.equal(await payments.winBack(id, shop.attempt()), true)
    assert.equal((await shop.now(id)).endsAtMs, null)
  })

  it('gives the promised amount where the reader pays an older price', async () => {
    await using shop = await openPayments()
    const { payments } = shop
    const { id } = await shop.buy(shop.attempt({ regular: usd(1800) }))
    await payments.setToEnd(id)
    await payments.winBack(id, shop.attempt({ intro }))
    assert.deepEqual((await shop.now(id)).nextBill?.amount, usd(1000))
  })

  it('comes too late for a subscription that is over', async () => {
    await using shop = await openPayments()
    const { payments, stripe } = shop
    const { id } = await shop.buy(shop.attempt())
    await stripe.subscriptions.cancel(id)
    assert.equal(await payments.winBack(id, shop.attempt({ intro })), false)
  })
})

describe('ending at once', () => {
  it('may give back nothing', async () => {
    await using shop = await openPayments()
    const { id } = await shop.buy(shop.attempt())
    for (const _ of [1, 2]) await shop.payments.endNow(id, 'nothing')
    assert.equal((await shop.now(id)).status, 'canceled')
    assert.deepEqual(await givenBack(shop), [])
  })

  it('may give back all of the latest payment, once', async () => {
    await using shop = await openPayments()
    const { id } = await shop.buy(shop.attempt())
    await shop.waitUntil(monthsLater(1) + dayMs)
    await Promise.all([1, 2, 3].map(() => shop.payments.endNow(id, 'all')))
    await shop.waitUntil(monthsLater(1) + 3 * dayMs)
    await shop.payments.endNow(id, 'all')
    assert.deepEqual(await givenBack(shop), [2000])
    assert.equal((await shop.now(id)).reversal, 'refunded')
  })

  it('may give back the part that is not used, reckoned from the end however late it is paid out', async () => {
    await using shop = await openPayments()
    const { id } = await shop.buy(shop.attempt({ tax: 'exclusive' }))
    await shop.waitUntil(boughtAtMs + 12 * dayMs)
    await shop.payments.endNow(id, 'nothing')
    await shop.waitUntil(boughtAtMs + 14 * dayMs)
    for (const _ of [1, 2]) await shop.payments.endNow(id, 'unused')
    assert.deepEqual(await givenBack(shop), [Math.round((2200 * 18) / 30)])
  })

  it('gives back the unused part of an intro that was paid in one amount', async () => {
    await using shop = await openPayments()
    const endsAtMs = boughtAtMs + 100 * dayMs
    const intro = { kind: 'trial', collected: 'now', price: usd(1000), endsAtMs } as const
    const { id } = await shop.buy(shop.attempt({ intro }))
    await shop.waitUntil(boughtAtMs + 25 * dayMs)
    await shop.payments.endNow(id, 'unused')
    assert.deepEqual(await givenBack(shop), [750])
  })

  it('counts an intro that had waited for the first regular bill as used', async () => {
    await using shop = await openPayments()
    const endsAtMs = monthsLater(5)
    const intro = { kind: 'trial', collected: 'with_first_bill', price: usd(40), endsAtMs } as const
    const { id } = await shop.buy(shop.attempt({ intro }))
    await shop.waitUntil(endsAtMs + 15 * dayMs)
    await shop.payments.endNow(id, 'unused')
    assert.deepEqual(await givenBack(shop), [1000])
  })

  it('gives back nothing where nothing was paid, and nothing twice where the publisher or the bank was first', async () => {
    await using shop = await openPayments()
    const free = { kind: 'trial', collected: 'never', price: usd(0), endsAtMs: monthsLater(5) } as const
    await shop.payments.endNow((await shop.buy(shop.attempt({ intro: free }))).id, 'all')
    const refunded = await shop.buy(shop.attempt())
    await shop.stripe.refunds.create({ payment_intent: await latestIntent(shop, refunded.id) })
    await shop.payments.endNow(refunded.id, 'all')
    const disputed = await shop.buy(shop.attempt())
    shop.sandbox.dispute(await chargeOf(shop, await latestIntent(shop, disputed.id)))
    await shop.payments.endNow(disputed.id, 'all')
    assert.deepEqual(await givenBack(shop), [2000])
  })
})

describe('a payment that does not stay', () => {
  it('is found to be of its subscription, and not of anything else that the account sells', async () => {
    await using shop = await openPayments()
    const { payments } = shop
    const { id } = await shop.buy(shop.attempt())
    assert.deepEqual(await payments.about(await latestIntent(shop, id)), { subscription: id, session: null })
    assert.deepEqual(await payments.about('pi_none'), { subscription: null, session: null })
  })

  it('is told apart: refunded in part, refunded, in dispute, won and lost', async () => {
    await using shop = await openPayments()
    const { stripe, sandbox } = shop
    const [refunded, won, lost] = [
      await shop.buy(shop.attempt()),
      await shop.buy(shop.attempt()),
      await shop.buy(shop.attempt()),
    ]
    const reversal = async ({ id }: { id: string }) => (await shop.now(id)).reversal
    const payment_intent = await latestIntent(shop, refunded.id)
    await stripe.refunds.create({ payment_intent, amount: 500 })
    assert.equal(await reversal(refunded), null)
    await stripe.refunds.create({ payment_intent })
    assert.equal(await reversal(refunded), 'refunded')
    for (const [subscription, evidence, outcome] of [
      [won, 'winning_evidence', null],
      [lost, 'losing_evidence', 'dispute_lost'],
    ] as const) {
      const charge = await chargeOf(shop, await latestIntent(shop, subscription.id))
      sandbox.dispute(charge)
      assert.equal(await reversal(subscription), 'disputed')
      const { data } = await stripe.disputes.list({ charge })
      await stripe.disputes.update(String(data[0]?.id), { evidence: { uncategorized_text: evidence } })
      assert.equal(await reversal(subscription), outcome)
    }
  })

  it('of an earlier month does not count once a later one is paid', async () => {
    await using shop = await openPayments()
    const { id } = await shop.buy(shop.attempt())
    await shop.stripe.refunds.create({ payment_intent: await latestIntent(shop, id) })
    await shop.waitUntil(monthsLater(1))
    assert.equal((await shop.now(id)).reversal, null)
  })
})

describe('the portal', () => {
  it('leads to a page on which the customer changes the card and cancels, and back', async () => {
    await using shop = await openPayments()
    const { payments } = shop
    const { id, customer, periodEndMs } = await shop.buy(shop.attempt())
    const back = new URL('http://localhost:3000/account')
    const url = await payments.portal(customer, { returnTo: back, language: 'en-US' })
    const text = await textOf(url)
    assert.match(text, /\$20\.00 per month · renews on December 24, 2026/)
    assert.match(text, /card ending in 4242/)
    assert.match(await (await fetch(url)).text(), /href="http:\/\/localhost:3000\/account"/)
    await fetch(url, { method: 'POST', body: new URLSearchParams({ act: 'cancel', subscription: id }) })
    assert.equal((await shop.now(id)).endsAtMs, periodEndMs)
    const { cancel_at_period_end: flag } = await shop.stripe.subscriptions.retrieve(id)
    assert.equal(flag, false)
    assert.equal(await payments.keep(id), true)
    assert.equal((await shop.now(id)).endsAtMs, null)
  })
})

describe('events that did not arrive', () => {
  async function all(events: AsyncIterable<PaymentEvent>): Promise<PaymentEvent[]> {
    const told = []
    for await (const event of events) told.push(event)
    return told
  }

  it('are told of afterwards, the oldest first, those that matter and no others', async () => {
    await using shop = await openPayments()
    const { id } = await shop.buy(shop.attempt())
    const intent = await latestIntent(shop, id)
    await shop.stripe.refunds.create({ payment_intent: intent })
    const events = await all(shop.payments.undelivered(boughtAtMs))
    assert.deepEqual(
      events.map(({ type, subscription, payment }) => [type, subscription ?? payment]),
      [
        ['invoice.paid', id],
        ['customer.subscription.created', id],
        ['checkout.session.completed', null],
        ['charge.refunded', intent],
      ],
    )
    await shop.waitUntil(boughtAtMs + dayMs)
    assert.deepEqual(await all(shop.payments.undelivered(boughtAtMs + dayMs)), [])
  })

  it('are many after a long silence, and all are told of', async () => {
    await using shop = await openPayments()
    for (let reader = 1; reader <= 40; reader += 1) await shop.buy(shop.attempt())
    assert.equal((await all(shop.payments.undelivered(boughtAtMs))).length, 120)
  })
})
