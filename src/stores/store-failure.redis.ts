import { ReplyError } from 'ioredis'
import { StoreAway } from './breaker.ts'
import type { StoreFailure } from './stores.ts'

/** How Redis failed to serve, or null for an error that says nothing about Redis: a fault of ours. */
export function storeFailure(error: unknown): StoreFailure | null {
  if (!(error instanceof Error)) return null
  if (error instanceof StoreAway) return 'breaker'
  if (error instanceof ReplyError) return refusals.test(error.message) ? 'refused' : null
  if (error.message === 'Command timed out') return 'timeout'
  return connectionErrors.test(error.name) || connectionMessages.test(error.message) ? 'connection' : null
}

/** Whether no answer came at all; only this is worth a breaker, for a refusal comes at once. */
export function isSilence(error: unknown): boolean {
  const failure = storeFailure(error)
  return failure === 'timeout' || failure === 'connection'
}

/** What Redis replies while it starts, hands over, is a replica, cannot persist or has no room. */
const refusals =
  /^(LOADING|BUSY|MASTERDOWN|READONLY|NOREPLICAS|MISCONF|OOM|CLUSTERDOWN|TRYAGAIN|UNBLOCKED) ?|^ERR max number of clients/

const connectionErrors = /^(MaxRetriesPerRequestError|ClusterAllFailedError|AbortError)$/

/** What ioredis and Node say when there is no connection, or no master of the Cluster that would take the question. */
const connectionMessages =
  /^(Connection is closed|Stream isn't writeable|Cluster isn't ready|None of startup nodes|Too many Cluster redirections|All sentinels are unreachable|Socket timeout)|\b(ECONN[A-Z]+|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE|ENOTFOUND|EAI_AGAIN)\b/
