import { hash } from 'node:crypto'
import { domainToASCII, domainToUnicode } from 'node:url'

/** The caches that serve AMP pages (https://cdn.ampproject.org/caches.json). Each gives every publisher a host below it. */
const cacheDomains = ['cdn.ampproject.org', 'www.bing-amp.com']

/** Where a site's AMP pages are seen: at its own origins, and at the host that each cache has for each of them. */
export function ampOrigins(origins: ReadonlySet<string>): ReadonlySet<string> {
  const hosts = [...origins].map((origin) => new URL(origin).hostname).filter((host) => host.includes('.'))
  const cached = hosts.flatMap((host) =>
    cacheDomains.map((domain) => `https://${cacheLabel(host)}.${domain}`),
  )
  return new Set([...origins, ...cached])
}

const longestLabel = 63

/** The one label that stands for a host in the caches ("AMP Cache URL format", domain name prefix). */
export function cacheLabel(host: string): string {
  const readable = domainToUnicode(host).replaceAll('-', '--').replaceAll('.', '-')
  // Two hyphens there would look like an internationalized label.
  const label = readable.slice(2, 4) === '--' ? `0-${readable}-0` : readable
  const ascii = domainToASCII(label)
  return ascii !== '' && ascii.length <= longestLabel ? ascii : base32(hash('sha256', host, 'buffer'))
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'

/** RFC 4648, section 6, in lower case and without padding. */
function base32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  const groups = bits.match(/.{1,5}/g) ?? []
  return groups.map((group) => alphabet[Number.parseInt(group.padEnd(5, '0'), 2)]).join('')
}
