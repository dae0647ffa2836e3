import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { SubscriptionStore } from './subscription-store.ts'

/** Longer than the questions to Stripe in one turn take at the worst; what is left of it when a process dies is waited for. */
const leaseMs = 60_000

/** A reader who pressed twice waits so long for the first answer, asking so often. */
const patience = { tries: 25, everyMs: 120 }

/**
 * Does something in the reader's one turn, so that two tabs that buy at once go one after the other. Null when the turn
 * could not be had in three seconds.
 */
export async function inTurn<Result>(
  store: SubscriptionStore,
  reader: string,
  act: () => Promise<Result>,
): Promise<Result | null> {
  const holder = randomUUID()
  if (!(await takeTurn(store, reader, holder))) return null
  try {
    return await act()
  } finally {
    await store.endTurn(reader, holder)
  }
}

async function takeTurn(store: SubscriptionStore, reader: string, holder: string): Promise<boolean> {
  for (let tried = 0; tried < patience.tries; tried += 1) {
    if (await store.takeTurn(reader, holder, leaseMs)) return true
    await wait(patience.everyMs)
  }
  return false
}
