import assert from 'node:assert/strict'
import { it } from 'node:test'
import { createMetrics } from '../../src/metrics/metrics.ts'
import { firstColumnCode, readText, section } from '../docs/markdown.ts'

it('every metric of our own is listed in docs/metrics.md, and no other', async () => {
  const { text } = await createMetrics().read()
  const own = [...text.matchAll(/^# TYPE (newsrack_\w+)/gm)].map(([, name = '']) => name)
  assert.ok(own.length >= 6)
  assert.deepEqual(firstColumnCode(section(readText('docs/metrics.md'), 'What they tell')).sort(), own.sort())
})
