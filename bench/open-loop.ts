import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setImmediate as turn } from 'node:timers/promises'
import { wholeAnswer } from './answer.ts'
import { connections } from './closed-loop.ts'
import { percentile } from './statistics.ts'

/** `withoutStore` answers were right, but given without the store, which took too long. */
export type OpenLoop = { answers: number; withoutStore: number; p50Ms: number; p99Ms: number }

/**
 * Requests at a given rate whether or not earlier ones have been answered, as readers come. Send times are fixed
 * beforehand, with random gaps; a latency counts from the time at which the request was due. Rejects if an answer is
 * not 200 or does not come.
 */
export async function openLoop(options: {
  ports: readonly number[]
  requests: readonly string[]
  perSecond: number
  seconds: number
}): Promise<OpenLoop> {
  const { ports, requests, perSecond, seconds } = options
  const latencies: number[] = []
  const free: Lane[] = []
  const lanes = await Promise.all(
    Array.from({ length: connections }, (_, index) => openLane(ports[index % ports.length] ?? 0)),
  )
  let withoutStore = 0
  let failure: Error | null = null
  for (const lane of lanes) {
    free.push(lane)
    lane.socket.on('error', (error) => {
      failure = error
    })
    lane.socket.on('data', (text: string) => {
      lane.received += text
      const answer = wholeAnswer(lane.received)
      if (answer === null) return
      if (answer.status !== 200) failure ??= new Error(`An answer was:\n${lane.received}`)
      if (lane.received.includes('store_unavailable')) withoutStore += 1
      lane.received = ''
      latencies.push(performance.now() - lane.dueMs)
      free.push(lane)
    })
  }

  const due = dueTimes(perSecond, seconds)
  const startMs = performance.now()
  const giveUpMs = startMs + (seconds + patienceSeconds) * 1000
  let sent = 0
  while (latencies.length < due.length && failure === null && performance.now() < giveUpMs) {
    const elapsedMs = performance.now() - startMs
    for (let dueMs = due[sent]; dueMs !== undefined && dueMs <= elapsedMs; dueMs = due[sent]) {
      const lane = free.shift()
      if (lane === undefined) break
      lane.dueMs = startMs + dueMs
      lane.socket.write(requests[sent % requests.length] ?? '', 'latin1')
      sent += 1
    }
    nap()
    await turn()
  }

  for (const { socket } of lanes) socket.destroy()
  if (failure !== null) throw failure
  if (latencies.length < due.length) throw new Error(`${due.length - latencies.length} requests unanswered.`)
  const sorted = Float64Array.from(latencies).sort()
  return { answers: due.length, withoutStore, p50Ms: percentile(sorted, 50), p99Ms: percentile(sorted, 99) }
}

type Lane = { socket: Socket; dueMs: number; received: string }

/** How long the last answers are waited for. */
const patienceSeconds = 5

async function openLane(port: number): Promise<Lane> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  socket.setEncoding('latin1')
  await once(socket, 'connect')
  return { socket, dueMs: 0, received: '' }
}

/** Milliseconds from the start: a Poisson process. */
function dueTimes(perSecond: number, seconds: number): number[] {
  const times: number[] = []
  for (let ms = 0; ms < seconds * 1000; ms += (-Math.log(1 - Math.random()) * 1000) / perSecond)
    times.push(ms)
  return times
}

const napMs = 0.03
const neverWritten = new Int32Array(new SharedArrayBuffer(4))

/** Gives the core to Redis for a moment: timers are too coarse for the times between requests. */
function nap(): void {
  Atomics.wait(neverWritten, 0, 0, napMs)
}
