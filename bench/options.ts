import { parseArgs } from 'node:util'
import { z } from 'zod'

/** How thorough a run is. */
export type BenchOptions = {
  rounds: number
  /** Of each measured load. */
  seconds: number
  /** Readers that are written to learn what one takes in Redis. */
  storedReaders: number
  coldStarts: number
  /** Whether docs/benchmarks.md is written: a quick run's figures are not worth keeping. */
  keep: boolean
}

const count = (most: number) => z.coerce.number().int().min(1).max(most)

/** Reads `--quick`, `--rounds` (1 to 20) and `--seconds` (1 to 60); throws what is wrong with them. */
export function readOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: { quick: { type: 'boolean' }, rounds: { type: 'string' }, seconds: { type: 'string' } },
  })
  const quick = values.quick ?? false
  return {
    rounds: count(20).parse(values.rounds ?? (quick ? 1 : 3)),
    seconds: count(60).parse(values.seconds ?? (quick ? 1 : 5)),
    storedReaders: quick ? 5_000 : 100_000,
    coldStarts: quick ? 2 : 5,
    keep: !quick,
  }
}
