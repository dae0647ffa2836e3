import type { Writable } from 'node:stream'
import { z } from 'zod'
import { ConfigurationError, loadConfiguration } from '../publishing/load-configuration.ts'
import { CommandStopped } from './command-stopped.ts'
import { type ConsoleClient, createConsoleClient } from './console-client.ts'
import { findConsoleKey } from './find-console-key.ts'
import { type CommandOptions, readOptions } from './read-options.ts'
import { writeConfiguration } from './write-configuration.ts'

const listsSchema = z.record(z.string(), z.array(z.unknown()))

type Surroundings = {
  argv: string[]
  env: Readonly<Record<string, string | undefined>>
  output: Writable
  errors: Writable
}

/**
 * `newsrack config export | import | diff`: the configuration of a running service as YAML files, for who keeps it in git.
 * Promises the exit code: 0 when it was done, 1 when `diff` found a difference, 2 with words on `errors` when it was not done.
 */
export async function runCommand({ argv, env, output, errors }: Surroundings): Promise<0 | 1 | 2> {
  try {
    const options = readOptions(argv, env)
    const key = await findConsoleKey({ given: options.key, dataDir: env.DATA_DIR ?? 'data' })
    const client = createConsoleClient({ url: options.url, key })
    const { text, differs } = await commands[options.command](client, options)
    output.write(text)
    return differs ? 1 : 0
  } catch (error) {
    if (!(error instanceof CommandStopped || error instanceof ConfigurationError)) throw error
    errors.write(`${error.message}\n`)
    return 2
  }
}

type Outcome = { text: string; differs: boolean }

const commands: Record<
  CommandOptions['command'],
  (client: ConsoleClient, options: CommandOptions) => Promise<Outcome>
> = {
  async export(client, { dir, version }) {
    const { number, configuration } = await client.version(version)
    const files = await writeConfiguration(dir, configuration)
    return done(`Version ${number} is in ${dir}: ${files.join(', ')}\n`)
  },

  async import(client, { dir, why, draftOnly }) {
    const configuration = await readFiles(dir)
    const { changes, problems } = await client.check(configuration)
    if (problems.length > 0) throw new CommandStopped(problems.map(problemText).join('\n'))
    if (changes.length === 0) return done('Nothing to publish: the files say what is published.\n')
    const id = await client.begin({ title: `Files of ${dir}`, configuration, why })
    const said = changes.map(changeText).join('')
    if (draftOnly) return done(`${said}It waits as the draft ${id}.\n`)
    const { number } = await client.publish(id, why)
    return done(`${said}Published as version ${number}.\n`)
  },

  async diff(client, { dir }) {
    const { version, changes, problems } = await client.check(await readFiles(dir))
    if (changes.length === 0) return done(`The files of ${dir} say what version ${version} says.\n`)
    const text = `Against version ${version} the files of ${dir} say:\n${changes.map(changeText).join('')}`
    return { text: text + problems.map((problem) => `${problemText(problem)}\n`).join(''), differs: true }
  },
}

function done(text: string): Outcome {
  return { text, differs: false }
}

/** As people wrote it, after the same checks that a start makes: what is wrong is told with file and line. */
async function readFiles(dir: string): Promise<Record<string, unknown[]>> {
  const { source } = await loadConfiguration(dir, { firstStartedAt: 0 })
  return listsSchema.parse(JSON.parse(source))
}

function changeText({
  kind,
  title,
  change,
  words,
}: {
  kind: string
  title: string
  change: string
  words: string[]
}) {
  return `  ${kind}, ${title}: ${change}${words.map((word) => `\n    ${word}`).join('')}\n`
}

function problemText({
  kind,
  key,
  field,
  message,
}: {
  kind: string
  key: string | null
  field: string
  message: string
}) {
  return `${[kind, key, field].filter(Boolean).join(' ')}: ${message}`
}
