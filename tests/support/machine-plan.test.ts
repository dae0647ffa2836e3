import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { machinePlan } from './machine-plan.ts'

describe('a machine that is to run the tests', () => {
  it('is ready with Redis 7 or newer, a Chromium and a Firefox', () => {
    for (const redis of [7, 8]) {
      assert.deepEqual(machinePlan({ redis, hasChromium: true, hasFirefox: true, mayInstall: true }), {
        kind: 'ready',
      })
    }
  })

  it('is given only what it lacks, where that may be installed', () => {
    assert.deepEqual(machinePlan({ redis: null, hasChromium: false, hasFirefox: false, mayInstall: true }), {
      kind: 'install',
      packages: ['redis-server', 'chromium', 'firefox-esr'],
    })
    assert.deepEqual(machinePlan({ redis: 7, hasChromium: false, hasFirefox: true, mayInstall: true }), {
      kind: 'install',
      packages: ['chromium'],
    })
  })

  it('is otherwise described to a person in one sentence', () => {
    assert.deepEqual(machinePlan({ redis: 6, hasChromium: false, hasFirefox: false, mayInstall: false }), {
      kind: 'ask',
      sentence:
        'The tests need redis-server 7 or newer (6 is here), Chromium (or its place in CHROMIUM_PATH), ' +
        'and Firefox (or its place in FIREFOX_PATH): install what is missing and run them again.',
    })
  })
})
