import { spawnSync } from 'node:child_process'

/** Which processors (by number) servers and load keep to; null where processes cannot be pinned. */
export type Placement = { servers: readonly number[]; load: readonly number[] } | null

/**
 * One server has a core to itself, load and Redis another. Two servers have a core each, and load and Redis two more
 * where the machine has four; on a smaller one all share the two cores.
 */
export function placementFor(processes: number, cores: readonly number[]): Placement {
  const [first, second, third, fourth] = cores
  if (first === undefined || second === undefined) return null
  if (processes === 1) return { servers: [first], load: [second] }
  if (third === undefined || fourth === undefined) return { servers: [first, second], load: [first, second] }
  return { servers: [first, second], load: [third, fourth] }
}

/** The processors this process may use; none where `taskset` is absent. */
export function pinnableCores(): number[] {
  const { status, stdout } = spawnSync('taskset', ['-cp', String(process.pid)], { encoding: 'utf8' })
  if (status !== 0) return []
  const list = stdout.slice(stdout.lastIndexOf(':') + 1).trim()
  return list.split(',').flatMap((part) => {
    const [from = 0, to = from] = part.split('-').map(Number)
    return Array.from({ length: to - from + 1 }, (_, index) => from + index)
  })
}

/** A command line that keeps what it starts to the cores. */
export function pinned(cores: readonly number[] | undefined, command: string, args: readonly string[]) {
  return cores === undefined
    ? { command, args: [...args] }
    : { command: 'taskset', args: ['-c', cores.join(','), command, ...args] }
}

/** Moves a running process, all its threads, to the cores. */
export function pinProcess(pid: number, cores: readonly number[]): void {
  spawnSync('taskset', ['-acp', cores.join(','), String(pid)])
}
