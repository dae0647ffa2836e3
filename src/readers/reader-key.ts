import { hash } from 'node:crypto'

/** Names one reader of one site in the stores. All of a reader's Redis keys carry it as their hash tag. */
export function readerKey(site: string, readerId: string): string {
  return `${site}:${readerId}`
}

/**
 * The id under which we keep a reader whom the publisher's server names: 96 bits of SHA-256, so that an e-mail address
 * used as an id is not kept in clear. Never equal to an id of our own tokens, which are 96 random bits.
 */
export function publishersReaderId(id: string): string {
  return hash('sha256', `publisher\n${id}`, 'buffer').subarray(0, 12).toString('base64url')
}
