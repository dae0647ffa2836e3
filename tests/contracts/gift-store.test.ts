import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { NewGift } from '../../src/exemptions/gift-store.ts'
import { everyStore } from './stores.ts'

const hourMs = 3_600_000

let counted = 0
function another(what: string): string {
  counted += 1
  return `${what}-${counted}`
}

/** The stores expire by the real clock. */
const now = Date.now()
const thisMonth = { from: now - 10 * hourMs, until: now + 10 * hourMs, limit: 2 }
const nextMonth = { from: thisMonth.until, until: thisMonth.until + 700 * hourMs, limit: 2 }

function aGift(changes: Partial<NewGift> = {}): NewGift {
  return {
    gift: another('gift'),
    maker: another('demo:maker'),
    now,
    expiresAtMs: now + hourMs,
    month: thisMonth,
    ...changes,
  }
}

for (const { name, stores } of everyStore()) {
  describe(`the gift store on ${name}`, () => {
    const gifts = () => stores().gifts

    async function madeGift(changes: Partial<NewGift> = {}): Promise<NewGift> {
      const gift = aGift(changes)
      assert.notEqual(await gifts().makeGift(gift), null)
      return gift
    }

    it('lets a subscriber make so many gifts a month, and says how many are left', async () => {
      const maker = another('demo:maker')
      assert.deepEqual(await gifts().makeGift(aGift({ maker })), { left: 1 })
      assert.deepEqual(await gifts().makeGift(aGift({ maker })), { left: 0 })
      const refused = aGift({ maker })
      assert.equal(await gifts().makeGift(refused), null)
      assert.equal(await gifts().peekGift({ gift: refused.gift, reader: 'demo:a', readers: 9 }), 'revoked')
      assert.deepEqual(await gifts().makeGift(aGift()), { left: 1 })
    })

    it('begins to count anew in the next month, and never the same month twice', async () => {
      const maker = another('demo:maker')
      await gifts().makeGift(aGift({ maker }))
      await gifts().makeGift(aGift({ maker }))
      assert.deepEqual(await gifts().makeGift(aGift({ maker, month: nextMonth })), { left: 1 })
      assert.deepEqual(await gifts().makeGift(aGift({ maker, month: thisMonth })), { left: 0 })
      assert.equal(await gifts().makeGift(aGift({ maker, month: nextMonth })), null)
    })

    it('follows the month’s limit when it is changed', async () => {
      const maker = another('demo:maker')
      await gifts().makeGift(aGift({ maker }))
      assert.equal(await gifts().makeGift(aGift({ maker, month: { ...thisMonth, limit: 1 } })), null)
      assert.deepEqual(await gifts().makeGift(aGift({ maker, month: { ...thisMonth, limit: 5 } })), {
        left: 3,
      })
    })

    it('makes no gift too many, however many are asked for at once', async () => {
      const maker = another('demo:maker')
      const made = await Promise.all(Array.from({ length: 50 }, () => gifts().makeGift(aGift({ maker }))))
      assert.deepEqual(made.flatMap((each) => (each === null ? [] : [each.left])).sort(), [0, 1])
    })

    it('opens a gift to as many readers as may, and to them as often as they like', async () => {
      const { gift } = await madeGift()
      const open = (reader: string) => gifts().redeemGift({ gift, reader, readers: 2 })
      assert.equal(await open('demo:a'), 'open')
      assert.equal(await open('demo:a'), 'open')
      assert.equal(await open('demo:b'), 'open')
      assert.equal(await open('demo:c'), 'used_up')
      assert.equal(await open('demo:a'), 'open')
      assert.equal(await open('demo:b'), 'open')
    })

    it('opens a gift of one reader to exactly one of fifty who come at once', async () => {
      const { gift } = await madeGift()
      const states = await Promise.all(
        Array.from({ length: 50 }, (_, index) =>
          gifts().redeemGift({ gift, reader: `demo:reader-${index}`, readers: 1 }),
        ),
      )
      assert.equal(states.filter((state) => state === 'open').length, 1)
      assert.equal(states.filter((state) => state === 'used_up').length, 49)
    })

    it('opens a gift that is passed on to a thousand readers to ten of them', async () => {
      const { gift } = await madeGift()
      const states: string[] = []
      for (let start = 0; start < 1000; start += 100) {
        const together = Array.from({ length: 100 }, (_, index) =>
          gifts().redeemGift({ gift, reader: `demo:reader-${start + index}`, readers: 10 }),
        )
        states.push(...(await Promise.all(together)))
      }
      assert.equal(states.filter((state) => state === 'open').length, 10)
    })

    it('asks without counting', async () => {
      const { gift } = await madeGift()
      const peek = (reader: string) => gifts().peekGift({ gift, reader, readers: 1 })
      assert.equal(await peek('demo:a'), 'open')
      assert.equal(await peek('demo:b'), 'open')
      await gifts().redeemGift({ gift, reader: 'demo:b', readers: 1 })
      assert.equal(await peek('demo:a'), 'used_up')
      assert.equal(await peek('demo:b'), 'open')
    })

    it('closes a revoked gift to everyone, also to those who have opened it', async () => {
      const { gift, maker } = await madeGift()
      await gifts().redeemGift({ gift, reader: 'demo:a', readers: 9 })
      assert.equal(await gifts().revokeGift({ gift, maker }), true)
      assert.equal(await gifts().revokeGift({ gift, maker }), true)
      for (const reader of ['demo:a', 'demo:b']) {
        assert.equal(await gifts().redeemGift({ gift, reader, readers: 9 }), 'revoked')
        assert.equal(await gifts().peekGift({ gift, reader, readers: 9 }), 'revoked')
      }
    })

    it('lets nobody but its maker revoke a gift', async () => {
      const { gift, maker } = await madeGift()
      assert.equal(await gifts().revokeGift({ gift, maker: another('demo:maker') }), false)
      assert.equal(await gifts().redeemGift({ gift, reader: 'demo:a', readers: 9 }), 'open')
      assert.equal(await gifts().revokeGift({ gift: another('gift'), maker }), false)
    })

    it('keeps gifts apart', async () => {
      const [one, other] = [await madeGift(), await madeGift()]
      await gifts().redeemGift({ gift: one.gift, reader: 'demo:a', readers: 1 })
      assert.equal(await gifts().redeemGift({ gift: other.gift, reader: 'demo:b', readers: 1 }), 'open')
    })

    it('lists what a reader has made and opened', async () => {
      const [mine, other] = [await madeGift(), await madeGift()]
      await gifts().redeemGift({ gift: other.gift, reader: mine.maker, readers: 9 })
      await gifts().redeemGift({ gift: other.gift, reader: mine.maker, readers: 9 })
      assert.deepEqual(await gifts().giftsOf(mine.maker), { made: [mine.gift], opened: [other.gift] })
      assert.deepEqual(await gifts().giftsOf(another('demo:nobody')), { made: [], opened: [] })
    })

    it('forgets a reader: their gifts are closed, and they have opened no other', async () => {
      const [mine, other] = [await madeGift(), await madeGift()]
      await gifts().redeemGift({ gift: other.gift, reader: mine.maker, readers: 1 })
      await gifts().forgetReader(mine.maker)
      await gifts().forgetReader(mine.maker)
      assert.deepEqual(await gifts().giftsOf(mine.maker), { made: [], opened: [] })
      assert.equal(await gifts().peekGift({ gift: mine.gift, reader: 'demo:a', readers: 9 }), 'revoked')
      assert.equal(await gifts().redeemGift({ gift: other.gift, reader: 'demo:b', readers: 1 }), 'open')
    })

    it('hands on what a reader made before they signed in: revocable by the account, and counted together', async () => {
      const [browser, account] = [another('demo:browser'), another('demo:account')]
      const mine = aGift({ maker: browser })
      await gifts().makeGift(mine)
      for (let time = 0; time < 2; time += 1) await gifts().moveReader(browser, account)
      assert.deepEqual(await gifts().giftsOf(account), { made: [mine.gift], opened: [] })
      assert.deepEqual(await gifts().giftsOf(browser), { made: [], opened: [] })
      assert.deepEqual(await gifts().makeGift(aGift({ maker: account })), { left: 0 })
      assert.equal(await gifts().makeGift(aGift({ maker: account })), null)
      assert.equal(await gifts().revokeGift({ gift: mine.gift, maker: browser }), false)
      assert.equal(await gifts().revokeGift({ gift: mine.gift, maker: account }), true)
      assert.deepEqual(await gifts().makeGift(aGift({ maker: account, month: nextMonth })), { left: 1 })
    })

    it('adds what was made before signing in to what the account has made in that month, and no other', async () => {
      const [browser, account, late] = [another('demo:b'), another('demo:c'), another('demo:d')]
      const month = { ...thisMonth, limit: 9 }
      for (const maker of [browser, account]) await gifts().makeGift(aGift({ maker, month }))
      await gifts().makeGift(aGift({ maker: late, month: { ...nextMonth, limit: 9 } }))
      await gifts().moveReader(browser, account)
      assert.deepEqual(await gifts().makeGift(aGift({ maker: account, month })), { left: 6 })
      await gifts().moveReader(account, late)
      assert.deepEqual(await gifts().makeGift(aGift({ maker: late, month: { ...nextMonth, limit: 9 } })), {
        left: 7,
      })
    })

    it('counts whoever opened a gift before and after signing in as one reader', async () => {
      const { gift } = await madeGift()
      const open = (reader: string) => gifts().redeemGift({ gift, reader, readers: 2 })
      const [browser, phone, account] = [another('demo:b'), another('demo:p'), another('demo:a')]
      await open(browser)
      await open(phone)
      for (let time = 0; time < 2; time += 1) {
        await gifts().moveReader(browser, account)
        await gifts().moveReader(phone, account)
      }
      assert.equal(await open(account), 'open')
      assert.equal(await open('demo:somebody-else'), 'open')
      assert.equal(await open('demo:one-too-many'), 'used_up')
      assert.deepEqual(await gifts().giftsOf(account), { made: [], opened: [gift] })
    })

    it('knows no gift that has ended or was never made, and opens nothing for it', async () => {
      const { gift, maker } = await madeGift({ expiresAtMs: now })
      for (const unknown of [gift, another('gift')]) {
        assert.equal(await gifts().redeemGift({ gift: unknown, reader: 'demo:a', readers: 9 }), 'revoked')
        assert.equal(await gifts().revokeGift({ gift: unknown, maker }), false)
      }
    })
  })
}
