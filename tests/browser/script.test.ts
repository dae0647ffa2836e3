import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { gzipSync } from 'node:zlib'
import { buildBrowserScript } from '../support/browser-script.ts'

const heaviestBytes = 10_000

describe('the browser script', () => {
  let script: string

  before(async () => {
    script = await buildBrowserScript()
  })

  it('weighs at most 10 kB gzipped, with its styles and words', () => {
    const weight = gzipSync(script).byteLength
    assert.ok(weight <= heaviestBytes, `${weight} bytes`)
  })

  it('is one classic file that evaluates no text as code', () => {
    assert.match(script, /^\(function\(\)\{/)
    assert.doesNotMatch(script, /\bimport\b|\beval\b|innerHTML|new Function/)
  })

  it('has no name that the common lists of ad blockers look for', () => {
    assert.doesNotMatch(script, /pingback|beacon|track|fingerprint|paywall|analytics|telemetry|\bads?\b/i)
  })
})
