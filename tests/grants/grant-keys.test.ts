import assert from 'node:assert/strict'
import { createPublicKey, sign, verify } from 'node:crypto'
import { describe, it } from 'node:test'
import { deriveGrantKey } from '../../src/grants/grant-key.ts'
import { createGrantKeys, rotation } from '../../src/grants/grant-keys.ts'

const secret = 'a-secret-of-the-test-that-is-long-enough'
const former = 'the-secret-before-that-was-long-enough-too'
const now = Date.parse('2026-11-24T12:00:00Z')
const hourMs = 3_600_000

function kidsAt(keys: ReturnType<typeof createGrantKeys>, instant: number): string[] {
  return keys.publishedAt(instant).map(({ kid }) => kid)
}

describe('the keys of grants', () => {
  it('are the same in every process that has the secret, and other ones for another secret', () => {
    const [one, other] = [createGrantKeys([secret]), createGrantKeys([secret])]
    assert.deepEqual(one.publishedAt(now), other.publishedAt(now))
    assert.equal(one.signingAt(now).kid, other.signingAt(now).kid)
    assert.notEqual(one.signingAt(now).kid, createGrantKeys([former]).signingAt(now).kid)
  })

  it('are pairs: what the private half signs the public half verifies', () => {
    for (let period = 0; period < 50; period += 1) {
      const { privateKey, publicJwk } = deriveGrantKey(secret, period)
      const publicKey = createPublicKey({ key: publicJwk, format: 'jwk' })
      const text = Buffer.from('read on')
      assert.ok(verify('sha256', text, publicKey, sign('sha256', text, privateKey)))
    }
  })

  it('are published without their private halves', () => {
    for (const key of createGrantKeys([secret]).publishedAt(now)) assert.ok(!('d' in key))
  })

  it('change by themselves, and each is published a week before it signs and a day after', () => {
    const keys = createGrantKeys([secret])
    const signed = new Set<string>()
    for (let instant = now; instant < now + 4 * rotation.periodMs; instant += 6 * hourMs) {
      const { kid } = keys.signingAt(instant)
      signed.add(kid)
      for (const offset of [-rotation.publishedBeforeMs, 0, rotation.publishedAfterMs]) {
        assert.ok(kidsAt(keys, instant + offset).includes(kid))
      }
    }
    assert.ok(signed.size >= 4)
  })

  it('are no longer published once nothing that they signed can be alive', () => {
    const keys = createGrantKeys([secret])
    const { kid } = keys.signingAt(now)
    const nextMs = (Math.floor(now / rotation.periodMs) + 1) * rotation.periodMs
    assert.ok(kidsAt(keys, nextMs + rotation.publishedAfterMs - 1).includes(kid))
    assert.ok(!kidsAt(keys, nextMs + rotation.publishedAfterMs).includes(kid))
  })

  it('of a former secret still verify, and sign nothing', () => {
    const keys = createGrantKeys([secret, former])
    assert.equal(keys.signingAt(now).kid, createGrantKeys([secret]).signingAt(now).kid)
    assert.ok(kidsAt(keys, now).includes(createGrantKeys([former]).signingAt(now).kid))
  })
})
