import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const secretsSchema = z.object({ newsrackSecret: z.string().min(32), importKey: z.string().min(16) })

export type DevelopmentSecrets = z.infer<typeof secretsSchema>

/**
 * What production sets by hand, development makes once and keeps beside its data: readers stay who they are across a
 * restart, and the replay command finds a key.
 */
export function developmentSecrets(dataDir: string): DevelopmentSecrets {
  const file = join(dataDir, 'secrets.json')
  const kept = readIfThere(file)
  if (kept !== null) return secretsSchema.parse(JSON.parse(kept))
  const secrets = {
    newsrackSecret: randomBytes(36).toString('base64url'),
    importKey: randomBytes(18).toString('base64url'),
  }
  mkdirSync(dataDir, { recursive: true })
  writeFileSync(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 })
  return secrets
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}
