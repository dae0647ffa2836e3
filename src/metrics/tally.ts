/**
 * Numbers that are added to far more often than they are read. Adding costs a look-up a label and makes nothing, where a
 * Prometheus counter would build and hash its labels each time.
 */
export type Tally = {
  add(site: string, route: string, reason: string): void
  /** Every number so far. */
  entries(): Iterable<{ site: string; route: string; reason: string; count: number }>
}

type Cell = { site: string; route: string; reason: string; count: number }

export function createTally(): Tally {
  const sites = new Map<string, Map<string, Map<string, Cell>>>()
  const cells: Cell[] = []

  function open(site: string, route: string, reason: string): Cell {
    const cell = { site, route, reason, count: 0 }
    const routes = getOrMake(sites, site)
    getOrMake(routes, route).set(reason, cell)
    cells.push(cell)
    return cell
  }

  return {
    add(site, route, reason) {
      const cell = sites.get(site)?.get(route)?.get(reason) ?? open(site, route, reason)
      cell.count += 1
    },
    entries: () => cells,
  }
}

function getOrMake<V>(maps: Map<string, Map<string, V>>, key: string): Map<string, V> {
  const known = maps.get(key)
  if (known !== undefined) return known
  const made = new Map<string, V>()
  maps.set(key, made)
  return made
}
