import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { setTimeout } from 'node:timers/promises'

/** A way to a loopback port that a test can make slow, silent or broken. It starts out fast. */
export async function startSlowProxy(targetPort: number) {
  const pairs = new Set<readonly [Socket, Socket]>()
  let delayMs = 0
  let frozen = false
  let awaited: { words: string; forMs: number } | null = null

  const server = createServer((client) => {
    const target = connect(targetPort, '127.0.0.1')
    const pair = [client, target] as const
    pairs.add(pair)
    if (frozen) pause(pair)
    client.on('data', freezeWhenAsked)
    forward(client, target)
    forward(target, client)
    for (const socket of pair) {
      socket.on('error', () => {})
      socket.on('close', () => {
        pairs.delete(pair)
        for (const other of pair) other.destroy()
      })
    }
  })

  function forward(from: Socket, to: Socket): void {
    let last = Promise.resolve()
    from.on('data', (chunk) => {
      // What comes later arrives later, also when the way has become fast meanwhile.
      const arrived = delayMs === 0 ? last : Promise.all([last, setTimeout(delayMs)])
      last = arrived.then(() => {
        to.write(chunk)
      })
    })
  }

  function freeze(): void {
    frozen = true
    for (const pair of pairs) pause(pair)
  }

  function thaw(): void {
    frozen = false
    for (const pair of pairs) for (const socket of pair) socket.resume()
  }

  async function freezeWhenAsked(chunk: Buffer): Promise<void> {
    if (awaited === null || !chunk.includes(awaited.words)) return
    const { forMs } = awaited
    awaited = null
    freeze()
    if (forMs === Number.POSITIVE_INFINITY) return
    await setTimeout(forMs)
    thaw()
  }

  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('a proxy on loopback has no port')

  return {
    url: `redis://127.0.0.1:${address.port}`,
    /** Holds everything back for this long, each way. */
    delay(milliseconds: number) {
      delayMs = milliseconds
    },
    /** Lets nothing more through, on connections old and new, and closes none, until `thaw()`. */
    freeze,
    thaw,
    /** Freezes as soon as a question has these words, which is still carried out, and thaws after so long. Whether it has. */
    freezeAt(words: string, { forMs }: { forMs: number }): () => boolean {
      const planned = { words, forMs }
      awaited = planned
      return () => awaited !== planned
    },
    /** Lets nothing more through on the connections there are, ever; new ones work. */
    strand() {
      for (const pair of pairs) pause(pair)
    },
    /** Breaks the connections there are. */
    cut() {
      for (const pair of pairs) for (const socket of pair) socket.destroy()
    },
    async stop(): Promise<void> {
      const closed = once(server.close(), 'close')
      for (const pair of pairs) for (const socket of pair) socket.destroy()
      await closed
    },
  }
}

function pause(pair: readonly Socket[]): void {
  for (const socket of pair) socket.pause()
}
