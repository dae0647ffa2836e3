import { once } from 'node:events'
import { createServer } from 'node:net'

/** A loopback port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const listener = createServer()
  await once(listener.listen(0, '127.0.0.1'), 'listening')
  const address = listener.address()
  await new Promise((resolve) => listener.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('A listener on loopback has no port.')
  return address.port
}
