import assert from 'node:assert/strict'
import { it } from 'node:test'
import { createSignature } from '../../src/exemptions/signature.ts'

const secret = 'a secret of thirty-two characters'

it('a signature fits its text, its purpose and its secret, and no other', () => {
  const signature = createSignature('gift link', [secret])
  const made = signature.of('text')
  assert.equal(signature.fits('text', made), true)
  assert.equal(signature.fits('text ', made), false)
  assert.equal(signature.fits('text', ''), false)
  assert.equal(createSignature('staff preview', [secret]).fits('text', made), false)
  assert.equal(createSignature('gift link', ['another secret of characters']).fits('text', made), false)
})

it('nothing is signed without a secret', () => {
  assert.throws(() => createSignature('gift link', []), /needs a secret/)
})
