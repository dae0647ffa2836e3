import { BlockList, isIP, SocketAddress } from 'node:net'
import { z } from 'zod'

/** A network in CIDR notation, or one address; IPv4 or IPv6. */
export const networkSchema = z
  .string()
  .refine(isNetwork, 'a network such as 192.0.2.0/24 or 2001:db8::/32, or one address')

/**
 * Whether an address lies in one of the networks. IPv4 and IPv6 are apart: `::/0` is every IPv6 address and no IPv4 one.
 * What is no address lies nowhere.
 */
export function prepareNetworks(networks: readonly string[]): (address: string) => boolean {
  const lists = { 4: new BlockList(), 6: new BlockList() }
  for (const network of networks) {
    const { address, version, bits } = parseNetwork(network)
    lists[version].addSubnet(address, bits, family(version))
  }
  return (address) => {
    const plain = plainAddress(address)
    if (plain === null) return false
    const version = versionOf(plain)
    return lists[version].check(plain, family(version))
  }
}

/** An address in its one usual spelling; an IPv4 address in IPv6 clothes (::ffff:192.0.2.1) is itself. Null for no address. */
export function plainAddress(text: string): string | null {
  const version = isIP(text)
  if (version === 0 || text.includes('%')) return null
  if (version === 4) return text
  const { address } = new SocketAddress({ address: text, family: 'ipv6' })
  return mapped.exec(address)?.[1] ?? address
}

const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/
const mappedBits = 96

type Version = 4 | 6

function parseNetwork(network: string): { address: string; version: Version; bits: number } {
  const [address = '', prefix] = network.split('/')
  const bits = prefix === undefined ? longestPrefix(address) : Number(prefix)
  const plain = plainAddress(address) ?? address
  if (versionOf(plain) === versionOf(address)) return { address, version: versionOf(address), bits }
  return bits < mappedBits
    ? { address, version: 6, bits }
    : { address: plain, version: 4, bits: bits - mappedBits }
}

function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/')
  if (plainAddress(address) === null || rest.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= longestPrefix(address))
}

function longestPrefix(address: string): number {
  return versionOf(address) === 6 ? 128 : 32
}

function versionOf(address: string): Version {
  return isIP(address) === 6 ? 6 : 4
}

function family(version: Version): 'ipv4' | 'ipv6' {
  return version === 6 ? 'ipv6' : 'ipv4'
}
