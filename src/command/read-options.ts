import { parseArgs } from 'node:util'
import { CommandStopped } from './command-stopped.ts'

const usage =
  'Usage: newsrack config export | import | diff [--dir config] [--url http://localhost:3000] [--key <key>]\n' +
  '  export [--version 12]          writes what is published, or that version, as YAML files\n' +
  '  import [--why "…"] [--draft]   publishes the files as the next version, or leaves them as a draft\n' +
  '  diff                           tells what the files would change; exit code 1 if anything\n' +
  'The address and the key may also stand in NEWSRACK_URL and NEWSRACK_KEY. A key is made in the console.'

export type CommandOptions = {
  command: 'export' | 'import' | 'diff'
  dir: string
  url: URL
  key: string | undefined
  version: string
  why: string
  draftOnly: boolean
}

/** Reads the command line; throws CommandStopped, which says what is wrong with it and how it is used. */
export function readOptions(
  argv: string[],
  env: Readonly<Record<string, string | undefined>>,
): CommandOptions {
  const { values, positionals } = parse(argv)
  const [topic, command, ...rest] = positionals
  if (topic !== 'config' || rest.length > 0) throw new CommandStopped(usage)
  if (command !== 'export' && command !== 'import' && command !== 'diff') throw new CommandStopped(usage)
  const address = values.url ?? env.NEWSRACK_URL ?? 'http://localhost:3000'
  const url = URL.parse(address)
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new CommandStopped(`--url needs an http or https address, not "${address}".\n${usage}`)
  }
  return {
    command,
    dir: values.dir,
    url,
    key: values.key ?? env.NEWSRACK_KEY,
    version: values.version,
    why: values.why,
    draftOnly: values.draft,
  }
}

function parse(argv: string[]) {
  try {
    return parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        dir: { type: 'string', default: 'config' },
        url: { type: 'string' },
        key: { type: 'string' },
        version: { type: 'string', default: 'current' },
        why: { type: 'string', default: 'Imported from files' },
        draft: { type: 'boolean', default: false },
      },
    })
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw new CommandStopped(`${error.message}\n${usage}`)
  }
}
