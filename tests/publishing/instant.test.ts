import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { instantSchema, resolveInstant } from '../../src/publishing/instant.ts'

const firstStartedAt = Date.parse('2026-03-07T12:00:00-05:00')

describe('an instant in the configuration', () => {
  it('is absolute once it is published', () => {
    for (const [written, absolute] of [
      ['2026-12-02T00:00:00-05:00', '2026-12-02T05:00:00.000Z'],
      ['2026-12-02T05:00:00Z', '2026-12-02T05:00:00.000Z'],
      ['first start + 1 day', '2026-03-08T17:00:00.000Z'],
      ['first start + 10 days', '2026-03-17T17:00:00.000Z'],
      ['first start + 365 days', '2027-03-07T17:00:00.000Z'],
    ] as const) {
      assert.equal(resolveInstant(instantSchema.parse(written), { firstStartedAt }), absolute)
    }
  })

  it('stays what it is when it is resolved again', () => {
    const once = resolveInstant('first start + 10 days', { firstStartedAt })
    assert.equal(resolveInstant(instantSchema.parse(once), { firstStartedAt: 0 }), once)
  })

  it('is refused without an offset, on a day that does not exist, or in other words', () => {
    for (const wrong of [
      '2026-12-02T00:00:00',
      '2026-12-02',
      '2026-02-30T00:00:00Z',
      'first start + 0 days',
      'first start + 366 days',
      'first start + 1000 days',
      'first start - 1 days',
      'first start',
      'tomorrow',
      20261202,
    ]) {
      assert.equal(instantSchema.safeParse(wrong).success, false, String(wrong))
    }
  })
})
