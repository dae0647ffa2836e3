import type { Growth } from './growth.ts'
import type { Machine } from './machine.ts'
import type { Figures } from './measure.ts'
import type { ReaderMemory } from './memory.ts'
import type { BenchOptions } from './options.ts'
import type { Round } from './rounds.ts'
import { type Spread, spread } from './statistics.ts'

/** Everything one run of the benchmark found out. */
export type Results = {
  date: Date
  machine: Machine
  options: BenchOptions
  rounds: readonly Round[]
  memory: readonly ReaderMemory[]
  /** Bits by which the store tells articles apart. */
  articleBits: number
  growth: readonly Growth[]
  coldStartMs: readonly number[]
}

/** A contender's figure over all rounds. */
export function over(rounds: readonly Round[], id: string, figure: (of: Figures) => number): Spread {
  return spread(rounds.map((round) => figure(figuresOf(round, id))))
}

/** A contender's figure as a part of another's in the same round, over all rounds. */
export function ratioOver(
  rounds: readonly Round[],
  { id, to }: { id: string; to: string },
  figure: (of: Figures) => number,
): Spread {
  return spread(rounds.map((round) => figure(figuresOf(round, id)) / figure(figuresOf(round, to))))
}

function figuresOf(round: Round, id: string): Figures {
  const figures = round.get(id)
  if (figures === undefined) throw new Error(`${id} was not measured.`)
  return figures
}
