import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { CommandStopped } from './command-stopped.ts'

const secretsSchema = z.looseObject({ importKey: z.string().min(1) })

/** The given key, else the one that a service in development left beside its data. */
export async function findConsoleKey({
  given,
  dataDir,
}: {
  given: string | undefined
  dataDir: string
}): Promise<string> {
  if (given !== undefined && given !== '') return given
  try {
    return secretsSchema.parse(JSON.parse(await readFile(join(dataDir, 'secrets.json'), 'utf8'))).importKey
  } catch {
    // Absent, unreadable or of another shape: to the person at the terminal it is the same missing key.
    throw new CommandStopped(
      'No key: give one with --key or in NEWSRACK_KEY. An admin makes it in the console, with the scope console.publish ' +
        `to import or console.view to export and compare. A service in development leaves one in ${dataDir}.`,
    )
  }
}
