/** A gift that somebody has redeemed gives access as a subscription does; this is its id and the attempt it came by. */
export function giftId(attempt: string): string {
  return `gift:${attempt}`
}

/** The attempt of a gift by that id; null for anything else. */
export function attemptOfGift(id: string): string | null {
  return id.startsWith('gift:') ? id.slice('gift:'.length) : null
}
