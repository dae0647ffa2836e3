import type { Readable, Writable } from 'node:stream'
import { createViewSender } from './create-view-sender.ts'
import { explainViews, whyText } from './explain-views.ts'
import { findImportKey } from './find-import-key.ts'
import { openLog } from './open-log.ts'
import { createProgress } from './progress.ts'
import { readOptions } from './read-options.ts'
import { replayLog } from './replay-log.ts'
import { ReplayStopped } from './replay-stopped.ts'
import { reportText } from './report-text.ts'
import { createTally } from './tally.ts'

type Surroundings = {
  argv: string[]
  env: Record<string, string | undefined>
  input: Readable
  output: Writable
  errors: Writable & { isTTY?: boolean }
  now: () => number
}

/**
 * The replay command: sends a log's pages to a running service and prints what its meter answered.
 * Promises the exit code: 0 when the log was replayed, 2 with one sentence on `errors` when it was not.
 */
export async function runReplay(surroundings: Surroundings): Promise<number> {
  try {
    surroundings.output.write(await replay(surroundings))
    return 0
  } catch (error) {
    if (!(error instanceof ReplayStopped)) throw error
    surroundings.errors.write(`${error.message}\n`)
    return 2
  }
}

async function replay({ argv, env, input, errors, now }: Surroundings): Promise<string> {
  const options = readOptions(argv)
  if (!options.ok) throw new ReplayStopped(options.problem)
  const { path, url, site, why, json } = options
  const key = await findImportKey({
    given: options.key,
    site,
    siteKeys: env.SITE_KEYS,
    dataDir: env.DATA_DIR ?? 'data',
  })
  if (!key.ok) throw new ReplayStopped(key.problem)

  const log = await openLog({ path, input })
  const tally = createTally()
  const { sendView, askWhy } = createViewSender({ url, site, key: key.key })
  const explained = why ? explainViews({ send: sendView, ask: askWhy }) : null
  const progress = createProgress({ totalLines: log.totalLines, stream: errors, now })
  const startedAt = now()
  try {
    await replayLog({
      lines: log.lines(),
      send: explained?.send ?? sendView,
      tally,
      onLine: progress.line,
    })
  } finally {
    progress.stop()
  }
  const report = tally.report({ durationMs: now() - startedAt })
  const examples = explained?.examples() ?? []
  if (json) return `${JSON.stringify(why ? { ...report, why: examples } : report, null, 2)}\n`
  return whyText(examples) + reportText({ report, log: log.name, url, site })
}
