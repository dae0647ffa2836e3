import { hash } from 'node:crypto'
import { readerKey } from '../readers/reader-key.ts'

/**
 * The key of a reader whom an AMP page knows by its READER_ID only: 96 bits of SHA-256, never equal to another kind of
 * reader's. AMP makes the id for one browser and one publisher; it is kept as this hash.
 */
export function ampReaderKey(site: string, readerId: string): string {
  const id = hash('sha256', `amp\n${readerId}`, 'buffer').subarray(0, 12).toString('base64url')
  return readerKey(site, id)
}
