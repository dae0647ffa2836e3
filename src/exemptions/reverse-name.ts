/**
 * The name under which the DNS tells the name of an address (RFC 1035, section 3.5; RFC 3596, section 2.5). The address
 * is one of `plainAddress()`.
 */
export function reverseName(address: string): string {
  if (!address.includes(':')) return `${address.split('.').reverse().join('.')}.in-addr.arpa`
  const digits = groupsOf(address).map((group) => group.padStart(4, '0'))
  return `${[...digits.join('')].reverse().join('.')}.ip6.arpa`
}

/** The eight groups of an IPv6 address, those included that `::` stands for. */
function groupsOf(address: string): string[] {
  const [head = [], tail = []] = address.split('::').map((part) => (part === '' ? [] : part.split(':')))
  return [...head, ...Array.from({ length: 8 - head.length - tail.length }, () => '0'), ...tail]
}
