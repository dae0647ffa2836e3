import assert from 'node:assert/strict'
import { it } from 'node:test'
import { problemTypes } from '../../src/http/problem.ts'
import { headings, readText, section } from './markdown.ts'

const page = readText('docs/problems.md')
const codes = Object.keys(problemTypes).sort()

it('every problem code has its place in docs/problems.md, and nothing else has', () => {
  assert.ok(codes.length >= 15, `${codes.length} codes`)
  assert.deepEqual(headings(page, 2).sort(), codes)
})

it('docs/problems.md says the status that each problem has', () => {
  for (const [code, { status }] of Object.entries(problemTypes)) {
    assert.match(section(page, code), new RegExp(`^${code}\\n${status}\\. `), code)
  }
})
