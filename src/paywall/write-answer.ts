import type { Answer } from './answer.ts'

/**
 * The answer as JSON in ASCII. Writing it by hand, and what many answers share only once, takes a tenth of the time of a
 * whole decision less than `JSON.stringify` (docs/benchmarks.md). Ids of the configuration, instants, grants and our
 * own names are plain ASCII.
 */
export function writeAnswer(answer: Answer): string {
  const { granted, reason, meter, wall, nudge, offer, grant, decision, configVersion } = answer
  return (
    `{"granted":${granted},"reason":"${reason}","meter":${meter === null ? null : writeMeter(meter)},` +
    `"wall":${wall === null ? null : writeWall(wall)},` +
    `"nudge":${nudge === null ? null : `{"words":${writeShared(nudge.words)}}`},` +
    `"offer":${offer === null ? null : writeShared(offer)},` +
    `"grant":${grant === null ? null : `"${grant}"`},"decision":"${decision}","configVersion":${configVersion}}`
  )
}

function writeMeter({
  id,
  window,
  used,
  limit,
  left,
  resetsAt,
  words,
}: NonNullable<Answer['meter']>): string {
  return (
    `{"id":"${id}","window":"${window}","used":${used},"limit":${limit},"left":${left},"resetsAt":"${resetsAt}",` +
    `"words":${words === null ? null : writeShared(words)}}`
  )
}

function writeWall({ kind, layout, dismissible, words }: NonNullable<Answer['wall']>): string {
  return `{"kind":"${kind}","layout":"${layout}","dismissible":${dismissible},"words":${writeShared(words)}}`
}

/** All readers of a moment are shown the very same offers and words. */
const written = new WeakMap<object, string>()

function writeShared(shared: object): string {
  const known = written.get(shared)
  if (known !== undefined) return known
  const json = JSON.stringify(shared).replace(/[\u0080-\uffff]/g, escaped)
  written.set(shared, json)
  return json
}

/** One UTF-16 unit (RFC 8259, section 7). */
function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}
