import { attempt } from './attempt.ts'
import type { Answer } from './page-api.d.ts'

const key = 'newsrack-checkout'

/** Remembers, in this tab, that the reader went off to buy. */
export function markPurchase(): void {
  attempt(() => sessionStorage.setItem(key, '1'))
}

/** Whether this is the first article that opens to a subscriber who went off to buy. */
export function hasJustSubscribed({ reason }: Answer): boolean {
  if (reason !== 'subscriber' || attempt(() => sessionStorage.getItem(key)) !== '1') return false
  attempt(() => sessionStorage.removeItem(key))
  return true
}
