import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The shipped configuration with some of its files replaced, in a temporary folder. `files` by name without `.yaml`. */
export async function configFolder(files: Record<string, string>) {
  const path = await mkdtemp(join(tmpdir(), 'newsrack-config-'))
  await cp('config', path, { recursive: true })
  for (const [name, yaml] of Object.entries(files)) await writeFile(join(path, `${name}.yaml`), yaml)
  return { path, remove: () => rm(path, { recursive: true, force: true }) }
}
