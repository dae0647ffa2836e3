import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Problem } from '../../src/http/problem.ts'
import { giftId } from '../../src/subscriptions/gift-id.ts'
import { learnEvent } from '../../src/subscriptions/learn-event.ts'
import { type Desk, dayMs, deathAt, openDesk } from './desk.ts'

type Flows = ReturnType<Desk['process']>

/**
 * Plays a scene in which the process dies between two steps, once for every two steps there are; then what comes
 * afterwards, and asks how it ended.
 */
async function dieEverywhere(
  scene: (desk: Desk) => Promise<{
    /** What is interrupted. */
    play: (flows: Flows) => Promise<unknown>
    /** How it goes on with a process that lives. */
    goOn: (flows: Flows) => Promise<void>
    ends: () => Promise<void>
  }>,
): Promise<number> {
  for (let moment = 1; ; moment += 1) {
    const desk = await openDesk()
    try {
      const { play, goOn, ends } = await scene(desk)
      const death = deathAt(moment)
      await play(desk.process(death.between)).catch((error: Error) =>
        assert.match(error.message, /the process dies/),
      )
      await desk.store.endTurn('demo:reader', 'whoever died')
      await goOn(desk.process())
      await ends()
      if (!death.died()) return moment - 1
    } finally {
      await desk.close()
    }
  }
}

const deferred = {
  kind: 'trial' as const,
  collected: 'with_first_bill' as const,
  price: { amount: 25, currency: 'USD' as const },
  endsAtMs: Date.UTC(2027, 3, 24),
}

describe('when the process dies between any two steps', () => {
  it('a reader who pressed the button presses again, pays once, and has one subscription', async () => {
    const deaths = await dieEverywhere(async (desk) => {
      const attempt = desk.attempt()
      return {
        play: (flows) => flows.openCheckout(attempt),
        async goOn(flows) {
          // Its lease runs out a minute after the process died.
          await desk.clock.advance(61_000)
          const again = await flows.openCheckout(desk.attempt())
          assert.ok(!(again instanceof Problem))
          await desk.pay(again.url)
          await desk.tellAll(flows)
        },
        async ends() {
          assert.equal((await desk.running(await desk.store.customer('demo:reader'))).length, 1)
          assert.equal((await desk.store.access('demo:reader'))?.standing, 'subscriber')
          assert.deepEqual(await desk.store.openAttempts(), [])
          assert.equal((await desk.stripe.customers.list()).data.length, 1)
          assert.equal((await desk.stripe.charges.list()).data.length, 1)
        },
      }
    })
    assert.ok(deaths > 5, `${deaths} deaths`)
  })

  it('a purchase gives access and owes its 25¢ once, when the event comes again', async () => {
    const deaths = await dieEverywhere(async (desk) => {
      const opened = await desk.process().openCheckout(desk.attempt({ intro: deferred }))
      assert.ok(!(opened instanceof Problem))
      await desk.pay(opened.url)
      const events = await desk.events()
      return {
        async play(flows) {
          for (const event of events) await learnEvent(flows, event)
        },
        goOn: (flows) => desk.tellAll(flows),
        async ends() {
          const access = await desk.store.access('demo:reader')
          assert.deepEqual(access?.nextCharge, { amount: 2024, currency: 'USD', atMs: deferred.endsAtMs })
          assert.equal((await desk.stripe.invoiceItems.list({ pending: true })).data.length, 1)
          assert.equal((await desk.store.attempt(opened.attempt))?.status, 'complete')
          assert.deepEqual(await desk.store.openAttempts(), [])
        },
      }
    })
    assert.ok(deaths > 10, `${deaths} deaths`)
  })

  it('a purchase is found by the reconciler, should the event never come again', async () => {
    await dieEverywhere(async (desk) => {
      const opened = await desk.process().openCheckout(desk.attempt())
      assert.ok(!(opened instanceof Problem))
      await desk.pay(opened.url)
      return {
        play: (flows) => flows.reconciler.run(),
        async goOn(flows) {
          await desk.clock.advance(10 * 60_000)
          await flows.reconciler.run()
        },
        async ends() {
          assert.equal((await desk.store.access('demo:reader'))?.standing, 'subscriber')
          assert.deepEqual(await desk.store.openAttempts(), [])
        },
      }
    })
  })

  it('a second subscription that was paid after all is ended and refunded once', async () => {
    await dieEverywhere(async (desk) => {
      const flows = desk.process()
      const [first, second] = [desk.attempt(), desk.attempt({ offer: 'other' })]
      const customer = await desk.payments.customerOf('demo:reader')
      await desk.store.saveCustomer('demo:reader', customer)
      for (const attempt of [first, second]) {
        await desk.store.saveAttempt(attempt)
        const { session, url } = await desk.payments.openCheckout(attempt, customer)
        await desk.store.attemptOpened(attempt.id, session)
        await desk.pay(url)
        await desk.clock.advance(1000)
      }
      const [{ id: bought = '' } = { id: '' }, { id: extra = '' } = { id: '' }] = await desk.running(customer)
      await flows.syncSubscription(bought)
      return {
        play: (dying) => dying.syncSubscription(extra),
        goOn: (living) => desk.tellAll(living),
        async ends() {
          const left = (await desk.running(customer)).map(({ id }) => id)
          assert.deepEqual(left, [bought])
          assert.deepEqual(
            (await desk.stripe.refunds.list()).data.map(({ amount }) => amount),
            [1999],
          )
          assert.equal((await desk.store.attempt(second.id))?.refused, 'second_subscription')
          assert.equal((await desk.store.attempt(first.id))?.refused, null)
          assert.equal((await desk.store.access('demo:reader'))?.subscription, bought)
        },
      }
    })
  })

  it('a gift is redeemed once, by whoever pressed first', async () => {
    await dieEverywhere(async (desk) => {
      const flows = desk.process()
      const gift = { price: { amount: 5000, currency: 'USD' as const }, months: 6 }
      const opened = await flows.openCheckout(desk.attempt({ gift, reader: 'demo:giver' }))
      assert.ok(!(opened instanceof Problem))
      await desk.pay(opened.url)
      await desk.tellAll(flows)
      const untilMs = desk.now() + 180 * dayMs
      const accept = async (living: Flows, reader: string) => {
        await desk.store.redeemGift(opened.attempt, { reader, atMs: desk.now(), untilMs })
        await living.syncGift(opened.attempt)
      }
      return {
        play: (dying) => accept(dying, 'demo:reader'),
        async goOn(living) {
          await accept(living, 'demo:thief')
          await living.syncGift(opened.attempt)
        },
        async ends() {
          const access = await desk.store.access('demo:reader')
          assert.deepEqual([access?.subscription, access?.untilMs], [giftId(opened.attempt), untilMs])
          assert.equal(await desk.store.access('demo:thief'), null)
          assert.equal(await desk.store.access('demo:giver'), null)
        },
      }
    })
  })

  const halfTheNextBill = {
    kind: 'discount' as const,
    percentOff: 50,
    price: { amount: 1000, currency: 'USD' as const },
    bills: 1,
    months: null,
    endsAtMs: Date.UTC(2027, 0, 19, 12),
  }

  /** A subscription that its reader has cancelled and that has weeks to go. */
  async function leaving(desk: Desk): Promise<string> {
    const flows = desk.process()
    const opened = await flows.openCheckout(desk.attempt())
    assert.ok(!(opened instanceof Problem))
    await desk.pay(opened.url)
    await desk.tellAll(flows)
    const access = await desk.store.access('demo:reader')
    assert.ok(access)
    await desk.payments.setToEnd(access.subscription)
    await desk.tellAll(flows)
    return access.subscription
  }

  async function charges(desk: Desk): Promise<number[]> {
    return (await desk.stripe.charges.list()).data.map(({ amount }) => amount).reverse()
  }

  for (const [when, laterMs] of [
    ['at once', 61_000],
    ['when the first attempt has expired', 40 * 60_000],
  ] as const) {
    it(`a reader who is won back presses again ${when}, and has the lower bill once`, async () => {
      const deaths = await dieEverywhere(async (desk) => {
        const winsBack = await leaving(desk)
        const [first, second] = [1, 2].map(() =>
          desk.attempt({ offer: 'stay', winsBack, intro: halfTheNextBill }),
        )
        assert.ok(first && second)
        return {
          play: (flows) => flows.openCheckout(first),
          async goOn(flows) {
            await desk.clock.advance(laterMs)
            const access = await desk.store.access('demo:reader')
            const fresh = { ...second, consent: { ...second.consent, atMs: desk.now() } }
            if (access?.endsAtMs !== null) {
              await flows.openCheckout({ ...fresh, expiresAtMs: desk.now() + 35 * 60_000 })
            }
            await desk.clock.advance(40 * 60_000)
            await flows.reconciler.run()
          },
          async ends() {
            const access = await desk.store.access('demo:reader')
            assert.deepEqual([access?.subscription, access?.endsAtMs], [winsBack, null])
            assert.equal(access?.nextCharge?.amount, 1000)
            assert.deepEqual(await desk.store.openAttempts(), [])
            const known = [await desk.store.attempt(first.id), await desk.store.attempt(second.id)]
            assert.equal(known.filter((attempt) => attempt?.status === 'complete').length, 1)
            await desk.clock.advance(57 * dayMs)
            assert.deepEqual(await charges(desk), [1999, 1000, 1999])
          },
        }
      })
      assert.ok(deaths > 8, `${deaths} deaths`)
    })
  }

  it('a reader who is won back and never presses again is found by the reconciler, in the state Stripe says', async () => {
    await dieEverywhere(async (desk) => {
      const winsBack = await leaving(desk)
      const attempt = desk.attempt({ offer: 'stay', winsBack, intro: halfTheNextBill })
      return {
        play: (flows) => flows.openCheckout(attempt),
        async goOn(flows) {
          await desk.clock.advance(40 * 60_000)
          await flows.reconciler.run()
        },
        async ends() {
          const access = await desk.store.access('demo:reader')
          const now = await desk.payments.subscription(winsBack)
          const isWon = now?.labels.attempt === attempt.id
          assert.equal(now?.endsAtMs === null, isWon)
          assert.deepEqual([access?.endsAtMs, access?.offer], [now?.endsAtMs, isWon ? 'stay' : 'sale'])
          const status = (await desk.store.attempt(attempt.id))?.status
          assert.ok(status === (isWon ? 'complete' : 'expired') || status === undefined, status)
          assert.deepEqual(await desk.store.openAttempts(), [])
        },
      }
    })
  })

  it('a reader who comes back after the end presses again, and pays the lower price on one new subscription', async () => {
    await dieEverywhere(async (desk) => {
      const ended = await leaving(desk)
      await desk.clock.advance(40 * dayMs)
      await desk.tellAll()
      assert.equal(await desk.store.access('demo:reader'), null)
      const attempt = () => desk.attempt({ offer: 'back', intro: halfTheNextBill })
      const first = attempt()
      return {
        play: (flows) => flows.openCheckout(first),
        async goOn(flows) {
          await desk.clock.advance(61_000)
          const again = await flows.openCheckout(attempt())
          assert.ok(!(again instanceof Problem))
          await desk.pay(again.url)
          await desk.tellAll(flows)
        },
        async ends() {
          const access = await desk.store.access('demo:reader')
          const customer = await desk.store.customer('demo:reader')
          assert.deepEqual([access?.offer, access?.endsAtMs], ['back', null])
          assert.notEqual(access?.subscription, ended)
          assert.deepEqual(
            (await desk.running(customer)).map(({ id }) => id),
            [access?.subscription],
          )
          assert.deepEqual(await charges(desk), [1999, 1000])
          assert.deepEqual(await desk.store.openAttempts(), [])
        },
      }
    })
  })
})
