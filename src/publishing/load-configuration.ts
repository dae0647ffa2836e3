import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { StartError } from '../start-error.ts'
import { canonicalJson } from './canonical-json.ts'
import { checkConfiguration } from './check-configuration.ts'
import type { Configuration } from './configuration.ts'
import type { Path, Problem } from './problem.ts'
import { readYamlEntries } from './yaml-entries.ts'

/** Its message names every problem of the folder, one a line: file, line, field, what was expected, what was there. */
export class ConfigurationError extends StartError {
  override name = 'ConfigurationError'
}

/**
 * Reads the configuration from the YAML files of a folder. `firstStartedAt` (epoch ms) is what "first start" in them
 * means. `source` stays the same text as long as the files say the same, whatever their comments and layout. Rejects
 * with ConfigurationError, which tells all that is wrong.
 */
export async function loadConfiguration(
  directory: string,
  { firstStartedAt }: { firstStartedAt: number },
): Promise<{ configuration: Configuration; source: string }> {
  const present = await yamlFilesIn(directory)
  const complaints = strangersAmong(present)
  const lists = new Map<string, ListFile>()
  for (const [name, purpose] of Object.entries(purposes)) {
    const file = `${name}.yaml`
    const read = present.includes(file)
      ? readYamlEntries(await readFile(join(directory, file), 'utf8'))
      : null
    if (read === null && mayBeMissing.has(name)) continue
    if (read === null) complaints.push({ file, text: `missing; it says ${purpose}` })
    else if ('problems' in read)
      complaints.push(...read.problems.map(({ line, message }) => ({ file, line, text: message })))
    else lists.set(name, read)
  }
  const written = Object.fromEntries([...lists].map(([name, { entries }]) => [name, entries]))
  const checked = checkConfiguration(written, { firstStartedAt })
  if ('problems' in checked)
    complaints.push(...checked.problems.flatMap((problem) => complaintsOf(problem, lists)))
  if ('problems' in checked || complaints.length > 0)
    throw new ConfigurationError(told(complaints, directory))
  return { configuration: checked.configuration, source: canonicalJson(written) }
}

/** What the list in each file is for. */
const purposes = {
  sites: 'which publications there are',
  meters: 'how many articles a reader may open free',
  exemptions: 'who is not counted',
  nudges: 'when an offer is shown on an open article',
  walls: 'what stands in front of a refused article',
  plans: 'what is sold at which regular price',
  offers: 'what is proposed to readers',
  experiments: 'which rules are compared on some of the readers',
}

/** What many a paper does without. */
const mayBeMissing = new Set(['exemptions', 'nudges', 'experiments'])

type ListFile = { entries: unknown[]; lineOf: (path: Path) => number }
type Complaint = { file: string; line?: number; text: string }

async function yamlFilesIn(directory: string): Promise<string[]> {
  try {
    return (await readdir(directory)).filter((file) => /\.ya?ml$/i.test(file)).sort()
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) {
      throw new ConfigurationError(`${directory}: there is no such folder; the configuration is read from it`)
    }
    throw error
  }
}

/** A misspelt name would otherwise leave what is in it unread in silence. */
function strangersAmong(present: string[]): Complaint[] {
  const expected = Object.keys(purposes).map((name) => `${name}.yaml`)
  return present
    .filter((file) => !expected.includes(file))
    .map((file) => ({ file, text: `unknown file; the configuration is in ${expected.join(', ')}` }))
}

/** None for a list whose file could not be read: that has been said. */
function complaintsOf({ path, message }: Problem, lists: Map<string, ListFile>): Complaint[] {
  const [name, ...place] = path
  const list = lists.get(String(name))
  if (list === undefined) return []
  const field = place.slice(1).join('.')
  return [
    { file: `${name}.yaml`, line: list.lineOf(place), text: field === '' ? message : `${field}: ${message}` },
  ]
}

function told(complaints: Complaint[], directory: string): string {
  return complaints
    .toSorted((a, b) => a.file.localeCompare(b.file, 'en') || (a.line ?? 0) - (b.line ?? 0))
    .map(({ file, line, text }) => `${join(directory, file)}${line === undefined ? '' : `:${line}`}: ${text}`)
    .join('\n')
}
