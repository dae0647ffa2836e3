import type { Writable } from 'node:stream'
import cliProgress from 'cli-progress'

const reportEveryMs = 5_000

/**
 * Shows how far a replay is: a bar on a terminal when the number of lines is known, otherwise a line every
 * five seconds.
 */
export function createProgress({
  totalLines,
  stream,
  now,
}: {
  totalLines: number | null
  stream: Writable & { isTTY?: boolean }
  now: () => number
}): { line: () => void; stop: () => void } {
  return stream.isTTY === true && totalLines !== null
    ? progressBar(totalLines, stream)
    : progressLines({ totalLines, stream, now })
}

function progressBar(totalLines: number, stream: Writable) {
  const bar = new cliProgress.SingleBar({
    stream,
    format: '{bar} {percentage}%  {value} of {total} lines, about {eta_formatted} left',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    clearOnComplete: true,
  })
  bar.start(totalLines, 0)
  return { line: () => bar.increment(), stop: () => bar.stop() }
}

function progressLines({
  totalLines,
  stream,
  now,
}: {
  totalLines: number | null
  stream: Writable
  now: () => number
}) {
  let lines = 0
  let reportedAt = now()
  return {
    line() {
      lines += 1
      const atMs = now()
      if (atMs - reportedAt < reportEveryMs) return
      reportedAt = atMs
      stream.write(`${lines} ${totalLines === null ? '' : `of ${totalLines} `}lines\n`)
    },
    stop() {},
  }
}
