import { hash } from 'node:crypto'
import type { Group } from './experiment.ts'

/**
 * The group of a reader: always the same, as even as the shares say, and of one experiment independent of that of another.
 * `reader` is the key of `readerKey()`.
 */
export function assign(experiment: string, groups: readonly Group[], reader: string): string {
  const place = Number.parseInt(hash('sha256', `${experiment}\n${reader}`, 'hex').slice(0, 12), 16) / 2 ** 48
  let below = 0
  for (const { id, share } of groups) {
    below += share / 100
    if (place < below) return id
  }
  return groups.at(-1)?.id ?? ''
}
