import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type Browser, dayMs, openPaper, type Paper, read, signIn } from './paper.ts'

let paper: Paper
before(async () => {
  paper = await openPaper({
    site: ', newReadersADay: { ofOneNetwork: 3 }',
    environment: { TRUST_PROXY: '1' },
  })
})
after(() => paper.close())

let network = 0
/** A network of its own, from which browsers come that have never been here. */
function aNetwork(address = (nth: number) => `203.0.${network}.${nth}`) {
  network += 1
  let nth = 0
  return (): Browser => {
    nth += 1
    return paper.browser().set('X-Forwarded-For', address(nth))
  }
}

/** What the first article brings that a new browser opens. */
async function firstReason(browser: Browser): Promise<string> {
  return (await read(browser, 'A')).reason
}

describe('the allowance of new readers of a network', () => {
  it('lets so many new readers a day have their free articles, and no more', async () => {
    const newBrowser = aNetwork()
    for (const _nth of [1, 2, 3]) assert.equal(await firstReason(newBrowser()), 'metered')
    assert.equal(await firstReason(newBrowser()), 'meter_stop')
    assert.equal(await firstReason(aNetwork()()), 'metered')
  })

  it('asks those who come late to sign in, and then they read like everyone who has', async () => {
    const newBrowser = aNetwork()
    for (const _nth of [1, 2, 3]) await firstReason(newBrowser())
    const late = newBrowser()
    const stopped = await read(late, 'A')
    assert.deepEqual([stopped.wall.kind, stopped.meter.left], ['registration', 0])
    await signIn(paper, late, 'late@example.com')
    const { reason, meter } = await read(late, 'A')
    assert.deepEqual([reason, meter.left], ['metered', 3])
  })

  it('never looks at known readers, however many come after them', async () => {
    const newBrowser = aNetwork()
    const known = newBrowser()
    await firstReason(known)
    for (const _nth of [2, 3, 4, 5]) await firstReason(newBrowser())
    assert.equal((await read(known, 'B')).reason, 'metered')
  })

  it('cannot be passed by getting the cookie elsewhere first', async () => {
    const newBrowser = aNetwork()
    for (const _nth of [1, 2, 3]) await firstReason(newBrowser())
    for (const path of ['/v1/reader', '/v1/reader/sessions', '/account', '/sign-in/confirm?token=x']) {
      const late = newBrowser()
      await late.get(path)
      assert.equal(await firstReason(late), 'meter_stop', path)
    }
  })

  it('tells who came late what is left to them: nothing', async () => {
    const newBrowser = aNetwork()
    for (const _nth of [1, 2, 3]) await firstReason(newBrowser())
    const { body } = await newBrowser().get('/v1/reader').expect(200)
    assert.deepEqual([body.meters[0].used, body.meters[0].left], [0, 0])
  })

  it('counts a household of IPv6 as one network, whatever part of it the address is in', async () => {
    const addresses = ['2001:db8:1:200::1', '2001:db8:1:2ff::2', '2001:DB8:1:234:5::3', '2001:db8:1:2ab::4']
    const newBrowser = aNetwork((nth) => addresses[nth - 1] ?? '')
    for (const _nth of [1, 2, 3]) assert.equal(await firstReason(newBrowser()), 'metered')
    assert.equal(await firstReason(newBrowser()), 'meter_stop')
    assert.equal(await firstReason(aNetwork(() => '2001:db8:1:300::1')()), 'metered')
  })

  it('ends with the window, and begins anew the next day', async () => {
    const newBrowser = aNetwork()
    for (const _nth of [1, 2, 3]) await firstReason(newBrowser())
    const late = newBrowser()
    assert.equal(await firstReason(late), 'meter_stop')
    const before = paper.clock.now
    paper.clock.now += dayMs
    assert.equal(await firstReason(newBrowser()), 'metered')
    assert.equal(await firstReason(late), 'meter_stop')
    paper.clock.now = Date.UTC(2026, 11, 1, 12)
    assert.equal(await firstReason(late), 'metered')
    paper.clock.now = before
  })
})
