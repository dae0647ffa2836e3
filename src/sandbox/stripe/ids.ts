import { randomInt } from 'node:crypto'

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** A new id that looks like Stripe's, e.g. `newId('sub')` → `sub_1Qk0…`. */
export function newId(prefix: string, length = 24): string {
  let id = `${prefix}_`
  for (let at = 0; at < length; at++) id += alphabet[randomInt(alphabet.length)]
  return id
}
