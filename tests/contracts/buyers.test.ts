import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Attempt } from '../../src/subscriptions/attempt.ts'
import { giftId } from '../../src/subscriptions/gift-id.ts'
import { anAccess, anAccessWrite, anAttempt } from '../subscriptions/examples.ts'
import { everyStore } from './stores.ts'

for (const { name, stores } of everyStore()) {
  const store = () => stores().subscriptions
  let made = 0
  const next = (what: string) => {
    made += 1
    return `${what}-${name}-${made}`.toLowerCase()
  }
  const aReader = () => `demo:${next('buyer')}`
  async function savedAttempt(changes: Partial<Attempt> = {}): Promise<Attempt> {
    const attempt = anAttempt({ id: next('at'), reader: aReader(), ...changes })
    await store().saveAttempt(attempt)
    return attempt
  }
  /** A reader who has bought: attempt, customer and access. */
  async function aBuyer(reader: string, ticket = 1): Promise<{ attempt: Attempt; subscription: string }> {
    const attempt = await savedAttempt({ reader })
    const subscription = next('sub')
    await store().saveCustomer(reader, next('cus'))
    const access = anAccess({ attempt: attempt.id, subscription, offer: next('offer') })
    await store().saveAccess(anAccessWrite({ reader, attempt: attempt.id, subscription, access, ticket }))
    return { attempt, subscription }
  }

  describe(`attempts to buy on ${name}`, () => {
    it('are known as open, those that expire first coming first, until they have ended', async () => {
      const reader = aReader()
      const later = await savedAttempt({ reader, expiresAtMs: 2_000 })
      const sooner = await savedAttempt({ reader, expiresAtMs: 1_000 })
      assert.deepEqual(await store().openAttempts(reader), [sooner.id, later.id])
      const all = await store().openAttempts()
      assert.ok(all.indexOf(sooner.id) < all.indexOf(later.id))
      await store().attemptEnded(sooner.id, 'expired')
      assert.deepEqual(await store().openAttempts(reader), [later.id])
      assert.equal((await store().openAttempts()).includes(sooner.id), false)
    })

    it('that had expired may turn out to have been completed, and say why they gave nothing', async () => {
      const { id } = await savedAttempt()
      await store().attemptEnded(id, 'expired')
      await store().attemptEnded(id, 'complete', 'second_subscription')
      await store().attemptEnded(id, 'complete')
      const attempt = await store().attempt(id)
      assert.deepEqual([attempt?.status, attempt?.refused], ['complete', 'second_subscription'])
    })

    it('are records of consent, found by site and time, the oldest first', async () => {
      const site = next('site')
      const consent = { terms: 'Terms.', termsHash: 'abc' }
      const ids: string[] = []
      for (const atMs of [1000, 2000, 3000, 4000]) {
        ids.push((await savedAttempt({ site, consent: { ...consent, atMs } })).id)
      }
      const found = []
      for await (const { id } of store().attemptsBetween(site, 2000, 4000)) found.push(id)
      assert.deepEqual(found, ids.slice(1, 3))
    })
  })

  describe(`redemptions on ${name}`, () => {
    it('are so many and no more, one an attempt, and can be given back', async () => {
      const offer = next('offer')
      assert.equal(await store().takeRedemption(offer, 'at_1', 2), true)
      assert.equal(await store().takeRedemption(offer, 'at_1', 2), true)
      assert.equal(await store().takeRedemption(offer, 'at_2', 2), true)
      assert.equal(await store().takeRedemption(offer, 'at_3', 2), false)
      assert.equal(await store().redemptions(offer), 2)
      await store().giveBackRedemption(offer, 'at_1')
      await store().giveBackRedemption(offer, 'at_1')
      assert.equal(await store().takeRedemption(offer, 'at_3', 2), true)
    })

    it('are not more than there are when many want the last one at once', async () => {
      const offer = next('offer')
      const taken = await Promise.all(
        Array.from({ length: 20 }, (_, at) => store().takeRedemption(offer, `at_${at}`, 3)),
      )
      assert.equal(taken.filter(Boolean).length, 3)
    })
  })

  describe(`a gift on ${name}`, () => {
    it('is whose who redeemed it first', async () => {
      const { id } = await savedAttempt()
      assert.equal(await store().giftRedemption(id), null)
      const first = { reader: aReader(), atMs: 1, untilMs: 2 }
      assert.deepEqual(await store().redeemGift(id, first), first)
      assert.deepEqual(await store().redeemGift(id, { reader: aReader(), atMs: 3, untilMs: 4 }), first)
      assert.deepEqual(await store().giftRedemption(id), first)
    })
  })

  describe(`the turn to open a Checkout page on ${name}`, () => {
    it('has one holder at a time', async () => {
      const reader = aReader()
      const taken = await Promise.all(['a', 'b', 'c'].map((tab) => store().takeTurn(reader, tab, 60_000)))
      assert.equal(taken.filter(Boolean).length, 1)
    })

    it('is ended by its holder only', async () => {
      const reader = aReader()
      await store().takeTurn(reader, 'a', 60_000)
      await store().endTurn(reader, 'b')
      assert.equal(await store().takeTurn(reader, 'b', 60_000), false)
      await store().endTurn(reader, 'a')
      assert.equal(await store().takeTurn(reader, 'b', 60_000), true)
    })
  })

  describe(`what was bought, on ${name}`, () => {
    it('is remembered by its offers, also when it is over', async () => {
      const reader = aReader()
      const access = anAccess({ offer: 'spring' })
      await store().saveAccess(anAccessWrite({ reader, access, ticket: 1 }))
      await store().saveAccess(anAccessWrite({ reader, ticket: 2 }))
      assert.deepEqual(await store().boughtOffers(reader), ['spring'])
    })

    it('says whether an answer of Stripe changed anything', async () => {
      const reader = aReader()
      const access = anAccess()
      const save = (ticket: number) => store().saveAccess(anAccessWrite({ reader, access, ticket }))
      assert.deepEqual([await save(1), await save(2), await save(1)], ['changed', 'same', 'older'])
    })

    it('is looked at again while something may come of it, the longest unasked first', async () => {
      const [one, other] = [next('sub'), next('sub')]
      const write = (subscription: string, ticket: number, isOver = false) =>
        store().saveAccess(anAccessWrite({ reader: aReader(), subscription, ticket, isOver }))
      await write(one, 1)
      await write(other, 2)
      const ours = async () =>
        (await store().liveSubscriptions(1000)).filter((id) => [one, other].includes(id))
      assert.deepEqual(await ours(), [one, other])
      assert.equal((await store().liveSubscriptions(1)).length, 1)
      await write(one, 3)
      assert.deepEqual(await ours(), [other, one])
      await write(other, 4, true)
      assert.deepEqual(await ours(), [one])
    })
  })

  describe(`a reader who signs in to an account, on ${name}`, () => {
    it('brings along what they bought: access, customer, attempts and offers', async () => {
      const [from, into] = [aReader(), aReader()]
      const { attempt, subscription } = await aBuyer(from)
      const customer = await store().customer(from)
      const offers = await store().boughtOffers(from)
      const open = await savedAttempt({ reader: from })
      await store().moveReader(from, into)
      await store().moveReader(from, into)
      assert.equal((await store().access(into))?.subscription, subscription)
      assert.equal(await store().access(from), null)
      assert.equal((await stores().meter.readerFacts(into)).access?.standing, 'subscriber')
      assert.equal((await stores().meter.readerFacts(from)).access, null)
      assert.equal((await store().attempt(attempt.id))?.reader, into)
      assert.deepEqual((await store().openAttempts(into)).toSorted(), [attempt.id, open.id].toSorted())
      assert.deepEqual(await store().openAttempts(from), [])
      assert.equal(await store().customer(into), customer)
      assert.equal(await store().customer(from), null)
      assert.deepEqual(await store().boughtOffers(into), offers)
    })

    it('holds afterwards what they held before', async () => {
      const [from, into] = [aReader(), aReader()]
      const { attempt, subscription } = await aBuyer(from)
      const gift = await savedAttempt()
      await store().redeemGift(gift.id, { reader: from, atMs: 1, untilMs: 2 })
      const held = { attempts: [attempt.id], redeemed: [gift.id], subscriptions: [subscription] }
      assert.deepEqual(await store().heldBy(from), held)
      await store().moveReader(from, into)
      assert.deepEqual(await store().heldBy(into), held)
      assert.deepEqual(await store().heldBy(from), { attempts: [], redeemed: [], subscriptions: [] })
      await store().forgetReader(into)
      assert.deepEqual(await store().heldBy(into), { attempts: [], redeemed: [], subscriptions: [] })
    })

    it('has what Stripe says later under the old name, too', async () => {
      const [from, into] = [aReader(), aReader()]
      const { attempt, subscription } = await aBuyer(from)
      const unpaid = await savedAttempt({ reader: from })
      await store().moveReader(from, into)
      await store().saveAccess(anAccessWrite({ reader: from, attempt: attempt.id, subscription, ticket: 5 }))
      assert.equal(await store().access(into), null)
      const access = anAccess({ subscription: next('sub'), attempt: unpaid.id })
      await store().saveAccess(
        anAccessWrite({ ...access, reader: from, access, attempt: unpaid.id, ticket: 6 }),
      )
      assert.equal((await store().access(into))?.attempt, unpaid.id)
      await store().attemptEnded(unpaid.id, 'complete')
      assert.equal((await store().openAttempts(into)).includes(unpaid.id), false)
    })

    it('keeps the account’s customer for new purchases, and both for what runs', async () => {
      const [from, into] = [aReader(), aReader()]
      await store().saveCustomer(from, 'cus_b')
      await store().saveCustomer(into, 'cus_a')
      await store().moveReader(from, into)
      assert.equal(await store().customer(into), 'cus_a')
      assert.deepEqual(await store().customers(into), ['cus_a', 'cus_b'])
    })

    it('keeps what is bought afterwards by whoever uses the browser without signing in', async () => {
      const [from, into] = [aReader(), aReader()]
      await aBuyer(from)
      await store().moveReader(from, into)
      const { subscription } = await aBuyer(from)
      assert.equal((await store().access(from))?.subscription, subscription)
    })

    it('may go from account to account and back', async () => {
      const [one, other] = [aReader(), aReader()]
      const { attempt, subscription } = await aBuyer(one)
      await store().moveReader(one, other)
      await store().moveReader(other, one)
      assert.equal((await store().access(one))?.subscription, subscription)
      await store().saveAccess(anAccessWrite({ reader: other, attempt: attempt.id, subscription, ticket: 9 }))
      assert.equal(await store().access(one), null)
    })

    it('brings along a gift that was redeemed', async () => {
      const [from, into] = [aReader(), aReader()]
      const { id } = await savedAttempt()
      await store().redeemGift(id, { reader: from, atMs: 1, untilMs: 2 })
      await store().moveReader(from, into)
      assert.equal((await store().giftRedemption(id))?.reader, into)
      const access = anAccess({ subscription: giftId(id), attempt: giftId(id) })
      await store().saveAccess(
        anAccessWrite({ reader: from, attempt: giftId(id), subscription: giftId(id), access }),
      )
      assert.deepEqual(await store().access(into), access)
    })
  })

  describe(`a reader who is to be forgotten, on ${name}`, () => {
    it('leaves the consents, which say nothing of them', async () => {
      const reader = aReader()
      const { attempt, subscription } = await aBuyer(reader)
      await store().attemptOpened(attempt.id, 'cs_1')
      await store().forgetReader(reader)
      await store().forgetReader(reader)
      assert.deepEqual(await store().attempt(attempt.id), {
        ...attempt,
        reader: 'demo:',
        visit: { section: null, device: null, country: null },
        returnTo: '',
        session: null,
        status: 'expired',
      })
      assert.deepEqual(
        [await store().access(reader), await store().customers(reader), await store().openAttempts(reader)],
        [null, [], []],
      )
      assert.equal((await store().liveSubscriptions(1000)).includes(subscription), false)
      assert.equal((await store().openAttempts()).includes(attempt.id), false)
    })

    it('leaves a gift that is paid to whoever was given its link, and no other page', async () => {
      const reader = aReader()
      const gift = { price: { amount: 12000, currency: 'USD' }, months: 12 } as const
      const [paid, unpaid] = [await savedAttempt({ reader, gift }), await savedAttempt({ reader, gift })]
      await store().attemptOpened(paid.id, 'cs_1')
      await store().attemptEnded(paid.id, 'complete')
      await store().attemptOpened(unpaid.id, 'cs_2')
      for (const _ of ['once', 'twice']) await store().forgetReader(reader)
      const [kept, gone] = [await store().attempt(paid.id), await store().attempt(unpaid.id)]
      assert.deepEqual([kept?.session, kept?.status, kept?.reader], ['cs_1', 'complete', 'demo:'])
      assert.deepEqual([gone?.session, gone?.status, gone?.reader], [null, 'expired', 'demo:'])
    })
  })

  it(`remembers how far it has been reconciled, on ${name}`, async () => {
    assert.equal(await store().reconciledUntil(), null)
    await store().saveReconciledUntil(Date.UTC(2026, 10, 24))
    assert.equal(await store().reconciledUntil(), Date.UTC(2026, 10, 24))
  })
}
