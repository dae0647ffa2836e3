import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readerToken, type TokenStorage } from '../../src/browser/reader-token.ts'

describe("the reader's token in the browser", () => {
  it('is not kept where the cookie comes back', () => {
    const { storage, values } = openStorage()
    const token = readerToken(() => storage)
    token().answered('first')
    assert.ok(![...values.values()].includes('first'))
    const second = token()
    assert.deepEqual(second.headers, {})
    second.answered(null)
    assert.equal(values.size, 0)
  })

  it('is kept and sent once the cookie evidently does not come back', () => {
    const { storage } = openStorage()
    const token = readerToken(() => storage)
    token().answered('first')
    token().answered('second')
    const third = token()
    assert.deepEqual(third.headers, { authorization: 'Bearer second' })
    third.answered(null)
    assert.deepEqual(token().headers, { authorization: 'Bearer second' })
  })

  it('is replaced when the service gives a newer one', () => {
    const { storage } = openStorage()
    const token = readerToken(() => storage)
    for (const given of ['first', 'second', 'third']) token().answered(given)
    assert.deepEqual(token().headers, { authorization: 'Bearer third' })
  })

  it('is kept at once where the reader comes from the page that has set the cookie', () => {
    const { storage } = openStorage()
    const token = readerToken(() => storage)
    token().answered('signed-in', true)
    assert.deepEqual(token().headers, { authorization: 'Bearer signed-in' })
  })

  it('is not kept because two tabs opened at once', () => {
    const { storage, values } = openStorage()
    const tabs = [readerToken(() => storage)(), readerToken(() => storage)()]
    for (const [index, tab] of tabs.entries()) tab.answered(`token-${index}`)
    assert.ok(![...values.values()].some((value) => value.startsWith('token-')))
  })

  it('does no harm where storage is forbidden', () => {
    const token = readerToken(() => {
      throw new Error('storage is forbidden')
    })
    const exchange = token()
    assert.deepEqual(exchange.headers, {})
    exchange.answered('first')
  })
})

function openStorage(): { storage: TokenStorage; values: Map<string, string> } {
  const values = new Map<string, string>()
  return {
    values,
    storage: {
      getItem: (key) => values.get(key) ?? null,
      setItem: (key, value) => void values.set(key, value),
      removeItem: (key) => void values.delete(key),
    },
  }
}
