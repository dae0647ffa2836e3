import { setTimeout as wait } from 'node:timers/promises'
import { Cluster, type Redis } from 'ioredis'
import { storeFailure } from './store-failure.redis.ts'
import { StoreAbsent, type Stores } from './stores.ts'

/** What the start asks of Redis. Nobody waits for it yet, so it waits itself, for `withinMs` in all. */
export type PatientStart = Pick<Stores, 'atStart'> & {
  /** Resolves when Redis can be asked. */
  ready(): Promise<void>
}

/** Between two tries: while there is no connection, a question fails at once. */
const againMs = 25

export function patientStart(options: {
  redis: Redis | Cluster
  urls: readonly URL[]
  withinMs: number
}): PatientStart {
  const { redis, urls, withinMs } = options
  const overAt = performance.now() + withinMs

  function absent(last: string | undefined): StoreAbsent {
    const nodes = urls.map(({ host }) => host).join(', ')
    const why = last === undefined ? '' : `: ${last}`
    return new StoreAbsent(
      `REDIS_URL: Redis at ${nodes} did not answer within ${withinMs / 1000} seconds${why}`,
    )
  }

  return {
    async ready() {
      // Every error until then is one attempt to connect that failed; the last one is told.
      let last: string | undefined
      redis.on('error', ({ message }: Error) => {
        last = message
      })
      if (await isReady(redis, overAt - performance.now())) {
        if (redis instanceof Cluster) await connectToMasters(redis)
        return
      }
      redis.disconnect()
      throw absent(last)
    },
    async atStart(step) {
      for (;;) {
        try {
          return await step()
        } catch (error) {
          if (!(error instanceof Error) || storeFailure(error) === null) throw error
          if (performance.now() >= overAt) throw absent(error.message)
        }
        await wait(againMs)
      }
    },
  }
}

function isReady(redis: Redis | Cluster, withinMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const tooLate = setTimeout(() => resolve(false), withinMs)
    redis.once('ready', () => {
      clearTimeout(tooLate)
      resolve(true)
    })
  })
}

/** A Cluster's masters are connected to when they are first asked; that should not be for a reader. */
async function connectToMasters(cluster: Cluster): Promise<void> {
  await Promise.allSettled(cluster.nodes('master').map((master) => master.ping()))
}
