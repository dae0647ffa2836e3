import assert from 'node:assert/strict'
import { it } from 'node:test'
import { createPresence } from '../../src/stores/presence.ts'

it('the log hears once that Redis went away, and once that all of it is back', () => {
  const said: string[] = []
  const presence = createPresence({
    log: {
      warn: (_: unknown, text?: string) => said.push(String(text)),
      info: (text: unknown) => said.push(String(text)),
    },
    changed: (isAway) => said.push(`away: ${isAway}`),
  })
  presence.back('connection')
  assert.deepEqual(said, [])
  presence.away('connection', new Error('reset'))
  presence.away('connection', new Error('refused'))
  presence.away('10.0.0.1:6379', new Error('Command timed out'))
  assert.deepEqual(said, ['Redis is away', 'away: true'])
  presence.back('connection')
  assert.equal(said.length, 2)
  presence.back('10.0.0.1:6379')
  presence.back('10.0.0.1:6379')
  assert.deepEqual(said.slice(2), ['Redis is back', 'away: false'])
})
