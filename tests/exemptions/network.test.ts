import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { networkSchema, plainAddress, prepareNetworks } from '../../src/exemptions/network.ts'

describe('a network', () => {
  it('is CIDR notation or one address, IPv4 or IPv6', () => {
    for (const network of [
      '192.0.2.0/24',
      '192.0.2.1',
      '0.0.0.0/0',
      '2001:db8::/32',
      '2001:db8::1',
      '::/0',
    ]) {
      assert.ok(networkSchema.safeParse(network).success, network)
    }
  })

  it('is nothing else', () => {
    for (const text of [
      '',
      '192.0.2.0/33',
      '192.0.2.0/-1',
      '192.0.2.0/24/8',
      '192.0.2',
      '192.0.2.*',
      '2001:db8::/129',
      'example.com',
      'fe80::1%eth0',
    ]) {
      assert.equal(networkSchema.safeParse(text).success, false, text)
    }
  })

  it('holds the addresses between its first and its last, and no others', () => {
    const has = prepareNetworks(['192.0.2.128/25', '2001:db8:5::/48', '198.51.100.7'])
    for (const inside of [
      '192.0.2.128',
      '192.0.2.255',
      '2001:db8:5::',
      '2001:db8:5:ffff:ffff:ffff:ffff:ffff',
      '198.51.100.7',
    ]) {
      assert.equal(has(inside), true, inside)
    }
    for (const outside of ['192.0.2.127', '192.0.3.0', '2001:db8:4:ffff::', '2001:db8:6::', '198.51.100.8']) {
      assert.equal(has(outside), false, outside)
    }
  })

  it('knows an IPv6 address however it is written', () => {
    const has = prepareNetworks(['2001:DB8:5:0::/64'])
    for (const address of [
      '2001:db8:5::1',
      '2001:0DB8:0005:0000:0000:0000:0000:0001',
      '2001:db8:5::0:192.0.2.1',
    ]) {
      assert.equal(has(address), true, address)
    }
  })

  it('knows an IPv4 address in IPv6 clothes, and a network in them', () => {
    for (const network of ['192.0.2.0/24', '::ffff:192.0.2.0/120']) {
      const has = prepareNetworks([network])
      for (const address of ['192.0.2.1', '::ffff:192.0.2.1', '::FFFF:c000:201', '0:0:0:0:0:ffff:c000:201']) {
        assert.equal(has(address), true, `${address} in ${network}`)
      }
      assert.equal(has('::ffff:192.0.3.1'), false)
      assert.equal(has('::192.0.2.1'), false)
    }
  })

  it('of all IPv6 holds no IPv4 address, nor the other way round', () => {
    assert.equal(prepareNetworks(['::/0'])('192.0.2.1'), false)
    assert.equal(prepareNetworks(['::/0'])('::ffff:192.0.2.1'), false)
    assert.equal(prepareNetworks(['0.0.0.0/0'])('2001:db8::1'), false)
    assert.equal(prepareNetworks(['0.0.0.0/0'])('192.0.2.1'), true)
  })

  it('holds nothing that is no address', () => {
    const has = prepareNetworks(['0.0.0.0/0', '::/0'])
    for (const text of [
      '',
      'unknown',
      '192.0.2.1, 192.0.2.2',
      '192.0.2.1:80',
      '[2001:db8::1]',
      '0x7f.1',
      'fe80::1%eth0',
    ]) {
      assert.equal(has(text), false, text)
    }
  })
})

it('an address has one plain spelling', () => {
  assert.equal(plainAddress('2001:0DB8::0:1'), '2001:db8::1')
  assert.equal(plainAddress('::ffff:c000:201'), '192.0.2.1')
  assert.equal(plainAddress('192.0.2.1'), '192.0.2.1')
  assert.equal(plainAddress('nobody'), null)
})
