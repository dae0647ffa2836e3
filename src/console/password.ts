import { hash, verify } from '@node-rs/argon2'
import { z } from 'zod'

/** Length is what makes a password good; rules about signs only make it forgotten. */
export const newPasswordSchema = z
  .string()
  .min(12, 'at least 12 characters')
  .max(200, 'at most 200 characters')
  .describe('At least 12 characters')

/** argon2id with the costs that OWASP advises: 19 MiB, two passes. */
const costs = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFC'), costs)
}

/** The hash of no password at all, so that checking takes as long where there is nobody to check. */
const nobodysPassword = hashPassword('nobody has this password, for it is not looked up')

/** Takes the same time whether there is a hash or not. */
export async function fitsPassword(password: string, known: string | null): Promise<boolean> {
  const fits = await verify(known ?? (await nobodysPassword), password.normalize('NFC'))
  return fits && known !== null
}
