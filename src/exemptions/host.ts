/** Whether a host is one of these or lies below one: `www.example.com` is within `example.com`, `badexample.com` is not. */
export function hostIsWithin(host: string, hosts: readonly string[]): boolean {
  const plain = host.toLowerCase().replace(/\.$/, '')
  return hosts.some((end) => plain === end || plain.endsWith(`.${end}`))
}

/** The host of a web page's address, or null for anything else. */
export function hostOfPage(address: string): string | null {
  const url = URL.parse(address)
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:') ? url.hostname : null
}
