import { parseArgs } from 'node:util'

const usage =
  'Usage: npm run replay -- <access log, .gz, .xz or - for standard input> ' +
  '[--url http://localhost:3000] [--site demo] [--key <site key that may import>] [--why] [--json]'

type Options =
  | {
      ok: true
      path: string
      url: string
      site: string
      key: string | undefined
      why: boolean
      json: boolean
    }
  | { ok: false; problem: string }

/** Reads the command line of a replay; a problem says what is wrong with it and how it is used. */
export function readOptions(argv: string[]): Options {
  const parsed = parse(argv)
  if (!parsed.ok) return refusal(parsed.problem)
  const { values, positionals } = parsed
  const [path] = positionals
  if (path === undefined) return refusal('Name the access log to replay.')
  if (positionals.length > 1) return refusal(`One log at a time, but ${positionals.length} are named.`)
  if (!isHttpAddress(values.url)) return refusal(`--url needs an http or https address, not "${values.url}".`)
  if (values.site === '') return refusal('--site needs the id of a site.')
  if (values.key === '') return refusal('--key needs a site key.')
  const { url, site, key, why, json } = values
  return { ok: true, path, url, site, key, why, json }
}

function parse(argv: string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        url: { type: 'string', default: 'http://localhost:3000' },
        site: { type: 'string', default: 'demo' },
        key: { type: 'string' },
        why: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    })
    return { ok: true as const, values, positionals }
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    const [sentence] = error.message.split(/\.\s|\n/)
    return { ok: false as const, problem: `${sentence?.replace(/\.$/, '')}.` }
  }
}

function refusal(problem: string): Options {
  return { ok: false, problem: `${problem}\n${usage}` }
}

function isHttpAddress(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text)
}
