import assert from 'node:assert/strict'
import { beforeEach, describe, it } from 'node:test'
import {
  type Breaker,
  createBreaker,
  failuresToOpen,
  probeEveryMs,
  StoreAway,
  silenceToOpenMs,
} from '../../src/stores/breaker.ts'

class Silence extends Error {}

let clockMs: number
let asked: number
let told: string[]
let breaker: Breaker

beforeEach(() => {
  clockMs = 1000
  asked = 0
  told = []
  breaker = createBreaker({
    now: () => clockMs,
    isSilence: (error) => error instanceof Silence,
    onOpen: () => told.push('away'),
    onClose: () => told.push('back'),
  })
})

const silence = async () => Promise.reject(new Silence())
const refusal = async () => Promise.reject(new Error('refused'))
const answer = async () => 'answer'

async function ask(question: () => Promise<string>): Promise<string> {
  const counted = () => {
    asked += 1
    return question()
  }
  return breaker.ask(counted).catch((error: unknown) => {
    if (error instanceof StoreAway) return 'away at once'
    return error instanceof Silence ? 'silence' : 'refused'
  })
}

async function fallSilent(): Promise<void> {
  for (let failures = 1; failures < failuresToOpen; failures += 1) await ask(silence)
  clockMs += silenceToOpenMs
  await ask(silence)
}

describe('a store that does not answer', () => {
  it('is asked by everybody as long as it answers', async () => {
    for (let question = 0; question < 20; question += 1) assert.equal(await ask(answer), 'answer')
    assert.equal(asked, 20)
    assert.deepEqual(told, [])
  })

  it('is told to be away, once, after a few questions and a while without an answer', async () => {
    await fallSilent()
    assert.equal(await ask(answer), 'away at once')
    assert.equal(asked, failuresToOpen)
    assert.deepEqual(told, ['away'])
  })

  it('is not taken for away when our own process stalls and all that was under way times out in one instant', async () => {
    await Promise.all(Array.from({ length: 64 }, () => ask(silence)))
    assert.equal(await ask(answer), 'answer')
    clockMs += silenceToOpenMs
    await ask(silence)
    assert.equal(await ask(answer), 'answer')
    assert.deepEqual(told, [])
  })

  it('is asked by one reader every short while, while the others are answered at once', async () => {
    await fallSilent()
    asked = 0
    for (let round = 1; round <= 3; round += 1) {
      clockMs += probeEveryMs
      assert.equal(await ask(silence), 'silence')
      assert.equal(await ask(silence), 'away at once')
      assert.equal(asked, round)
    }
    assert.deepEqual(told, ['away'])
  })

  it('is back with the first answer', async () => {
    await fallSilent()
    clockMs += probeEveryMs
    assert.equal(await ask(answer), 'answer')
    assert.equal(await ask(answer), 'answer')
    assert.deepEqual(told, ['away', 'back'])
  })

  it('is back with an answer that comes late', async () => {
    let reply = (_: string): void => {}
    const late = ask(() => new Promise((resolve) => (reply = resolve)))
    await fallSilent()
    reply('answer')
    assert.equal(await late, 'answer')
    assert.equal(await ask(answer), 'answer')
    assert.deepEqual(told, ['away', 'back'])
  })

  it('is there when it refuses, however often', async () => {
    for (let question = 0; question < 20; question += 1) {
      clockMs += silenceToOpenMs
      assert.equal(await ask(refusal), 'refused')
    }
    assert.equal(asked, 20)
    await fallSilent()
    clockMs += probeEveryMs
    await ask(refusal)
    assert.deepEqual(told, ['away', 'back'])
  })

  it('is back when it is heard of elsewhere', async () => {
    await fallSilent()
    breaker.heard()
    assert.equal(await ask(answer), 'answer')
    breaker.heard()
    assert.deepEqual(told, ['away', 'back'])
  })
})
