import type { Offer } from './offer.ts'

/** Whether all that may be sold of an offer has been, as far as this process knows. */
export type IsSoldOut = (offer: Offer) => boolean

const freshForMs = 5_000

/**
 * No decision waits for a count: it is looked up in the background when what is known of it is some seconds old. So a wall
 * may show an offer for some seconds after its last one was sold, and the checkout, which takes one atomically, refuses it
 * then. `redemptions` counts those taken of an offer; `now` gives epoch ms.
 */
export function createSoldOut(parts: {
  redemptions: (offer: string) => Promise<number>
  now: () => number
  onFailure: (error: unknown) => void
}): IsSoldOut {
  const { redemptions, now, onFailure } = parts
  const known = new Map<string, { taken: number; askedAtMs: number }>()

  async function ask(id: string, taken: number): Promise<void> {
    known.set(id, { taken, askedAtMs: now() })
    try {
      known.set(id, { taken: await redemptions(id), askedAtMs: now() })
    } catch (error) {
      onFailure(error)
    }
  }

  return ({ id, redemptions: most }) => {
    if (most === undefined) return false
    const { taken, askedAtMs } = known.get(id) ?? { taken: 0, askedAtMs: Number.NEGATIVE_INFINITY }
    if (now() - askedAtMs >= freshForMs) void ask(id, taken)
    return taken >= most
  }
}
