import type { Answer } from './answer.ts'

/**
 * The answer as JSON in ASCII. Writing it by hand, and what many answers share only once, takes a tenth of the time of a
 * whole decision less than `JSON.stringify` (docs/benchmarks.md). Ids of the configuration, instants, grants and our
 * own names are plain ASCII.
 */
export function writeAnswer(answer: Answer): string {
  const { granted, reason, meter, wall, offer, grant, decision, configVersion } = answer
  return (
    `{"granted":${granted},"reason":"${reason}","meter":${meter === null ? null : writeMeter(meter)},` +
    `"wall":${wall === null ? null : `{"kind":"${wall.kind}","dismissible":${wall.dismissible}}`},` +
    `"offer":${offer === null ? null : writeOffer(offer)},` +
    `"grant":${grant === null ? null : `"${grant}"`},"decision":"${decision}","configVersion":${configVersion}}`
  )
}

function writeMeter({ id, window, used, limit, left, resetsAt }: NonNullable<Answer['meter']>): string {
  return `{"id":"${id}","window":"${window}","used":${used},"limit":${limit},"left":${left},"resetsAt":"${resetsAt}"}`
}

type ShownOffer = NonNullable<Answer['offer']>

/** All readers of a moment are shown the very same offers. */
const written = new WeakMap<ShownOffer, string>()

function writeOffer(offer: ShownOffer): string {
  const known = written.get(offer)
  if (known !== undefined) return known
  const json = JSON.stringify(offer).replace(/[\u0080-\uffff]/g, escaped)
  written.set(offer, json)
  return json
}

/** One UTF-16 unit (RFC 8259, section 7). */
function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}
