import type { Writable } from 'node:stream'
import type { Cluster, Redis } from 'ioredis'

/**
 * Sends the commands of one turn of the event loop to a server of a Cluster in few writes, for a write to a socket is among
 * the dearest parts of a decision, and readers in different slots cannot share a call (together.ts); and not all in one, so
 * that Redis need not wait for the last. Commands stay as they are, so redirections and errors reach them as ever; ioredis's
 * own auto-pipelining joins them, and has passed redirections to the caller.
 */
export function gatherWrites(redis: Cluster): void {
  redis.on('+node', gather)
  for (const server of redis.nodes('all')) gather(server)
}

const mostInOneWrite = 16

function gather(redis: Redis): void {
  const send = redis.sendCommand.bind(redis)
  let corked: Writable | null = null
  let gathered = 0
  const uncork = () => {
    corked?.uncork()
    corked = null
    gathered = 0
  }
  redis.sendCommand = (command, stream) => {
    // A connection made anew has a stream of its own; there is none before the first.
    if (corked === null && redis.status === 'ready') {
      corked = redis.stream
      corked.cork()
      setImmediate(uncork)
    }
    const sent = send(command, stream)
    gathered += 1
    if (gathered >= mostInOneWrite) uncork()
    return sent
  }
}
