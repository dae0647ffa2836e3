import type { IncomingMessage } from 'node:http'
import proxyAddr from 'proxy-addr'

/** The client's address; a forwarded one is believed only as far as trusted proxies have passed it on. */
export type ClientAddress = (request: IncomingMessage) => string | null

/** `trustProxy` as in the setting TRUST_PROXY: the number of proxies in front, or their networks. */
export function createClientAddress(trustProxy: number | string[]): ClientAddress {
  if (trustProxy === 0) return ({ socket }) => socket.remoteAddress ?? null
  const isTrusted =
    typeof trustProxy === 'number'
      ? (_address: string, hop: number) => hop < trustProxy
      : proxyAddr.compile(trustProxy)
  return (request) => proxyAddr(request, isTrusted)
}
