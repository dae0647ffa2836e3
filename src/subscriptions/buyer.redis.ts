import { readFileSync } from 'node:fs'

/*
 * A buyer is a hash in the reader's slot: `customer`, the one for new purchases; `customer:<id>`, every one; `offer:<id>`,
 * bought once; `attempt:<id>`, the instant at which it expires, or `ended`; and `moved:<attempt>`, the reader to whom it
 * belongs now. The last one decides together with every write about an attempt, in the same slot, so that no write is lost
 * to a move.
 */

/** A reader whose purchases moved may have moved again; nobody does so this often. */
const mostMoves = 16

/** Does something for the reader to whom an attempt belongs now: `act` answers the next reader to try, or null. */
export async function followReader(
  reader: string,
  act: (reader: string) => Promise<string | null>,
): Promise<void> {
  let holder: string | null = reader
  for (let moves = 0; holder !== null; moves += 1) {
    if (moves > mostMoves) throw new Error(`the purchases of ${reader} lead nowhere`)
    holder = await act(holder)
  }
}

/** A script of this room, with what those that change access share. */
export function script(name: string): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8')
}

export function accessScript(name: string): string {
  return script('choose-access.lua') + script(name)
}
