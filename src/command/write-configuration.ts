import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stringify } from 'yaml'

/** Writes a file for each list, with the same text for the same content. Answers their names. */
export async function writeConfiguration(
  dir: string,
  configuration: Readonly<Record<string, readonly unknown[]>>,
): Promise<string[]> {
  await mkdir(dir, { recursive: true })
  const files = Object.entries(configuration).map(([kind, entries]) => ({ name: `${kind}.yaml`, entries }))
  for (const { name, entries } of files) await writeFile(join(dir, name), stringify(entries))
  return files.map(({ name }) => name)
}
