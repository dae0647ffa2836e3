import assert from 'node:assert/strict'
import { readdirSync, statSync } from 'node:fs'
import { describe, it } from 'node:test'
import { z } from 'zod'
import { webhookEvents } from '../../src/subscriptions/events.stripe.ts'
import { firstColumnCode, readText, root, section } from './markdown.ts'

const readme = readText('README.md')
const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readText('package.json')))

describe('the README', () => {
  it('names npm commands that are there', () => {
    const named = new Set([...readme.matchAll(/\bnpm (?:run )?([a-z][\w:-]*)/g)].map(([, name = '']) => name))
    assert.ok(named.size >= 3, [...named].join(', '))
    const own = [...named].filter((name) => name !== 'ci')
    assert.deepEqual(
      own.filter((name) => scripts[name] === undefined),
      [],
    )
  })

  it('names attributes of the script tag that the script reads', () => {
    const read = /const \{([^}]+)\} = script\?\.dataset/.exec(readText('src/browser/page.ts'))?.[1] ?? ''
    const names = read.split(',').map((name) => name.split(':')[0]?.trim() ?? '')
    const attributes = names
      .filter(Boolean)
      .map((name) => `data-${name.replace(/[A-Z]/g, '-$&').toLowerCase()}`)
    assert.ok(attributes.length >= 5, attributes.join(', '))
    const documented = firstColumnCode(readme).filter((code) => code.startsWith('data-'))
    assert.deepEqual(documented.sort(), attributes.sort())
  })

  it('shows pictures that load quickly', () => {
    for (const picture of ['docs/wall.png', 'docs/wall-phone.png', 'docs/console-offer.png']) {
      assert.ok(readme.includes(picture), picture)
      assert.ok(statSync(new URL(picture, root)).size < 400_000, picture)
    }
  })
})

it('ARCHITECTURE.md has a row for everything in src', () => {
  const rooms = readdirSync(new URL('src', root), { withFileTypes: true }).map((entry) =>
    entry.isDirectory() ? `${entry.name}/` : entry.name,
  )
  assert.ok(rooms.length >= 12, `${rooms.length} rooms`)
  assert.deepEqual(firstColumnCode(section(readText('ARCHITECTURE.md'), 'Rooms')).sort(), rooms.sort())
})

it('docs/payments.md lists the webhook events that are acted upon', () => {
  const handled = [...readText('src/subscriptions/events.stripe.ts').matchAll(/case '([\w.]+)'/g)].map(
    ([, name]) => name,
  )
  const listed = [...section(readText('docs/payments.md'), 'Webhooks').matchAll(/^- `([\w.]+)`$/gm)].map(
    ([, name]) => name,
  )
  assert.ok(handled.length >= 10, `${handled.length} events`)
  assert.deepEqual([...webhookEvents].sort(), handled.sort(), 'webhookEvents in events.stripe.ts')
  assert.deepEqual(listed.sort(), handled.sort())
})
