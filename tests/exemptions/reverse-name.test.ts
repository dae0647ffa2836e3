import assert from 'node:assert/strict'
import { it } from 'node:test'
import { reverseName } from '../../src/exemptions/reverse-name.ts'

const zeros = (count: number) => '0.'.repeat(count)

it('writes an address backwards, as the DNS asks for its name', () => {
  assert.equal(reverseName('192.0.2.17'), '17.2.0.192.in-addr.arpa')
  assert.equal(
    reverseName('2001:db8:12:3456::a0'),
    `0.a.${zeros(14)}6.5.4.3.2.1.0.0.8.b.d.0.1.0.0.2.ip6.arpa`,
  )
  assert.equal(reverseName('::1'), `1.${zeros(31)}ip6.arpa`)
  assert.equal(reverseName('2001:db8::'), `${zeros(24)}8.b.d.0.1.0.0.2.ip6.arpa`)
  assert.equal(
    reverseName('1:2:3:4:5:6:7:8'),
    '8.0.0.0.7.0.0.0.6.0.0.0.5.0.0.0.4.0.0.0.3.0.0.0.2.0.0.0.1.0.0.0.ip6.arpa',
  )
})
