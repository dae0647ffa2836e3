import { contenders } from './contenders.ts'
import { barPlot } from './plot.ts'
import { over, type Results, ratioOver } from './results.ts'

/** docs/benchmarks.svg: requests a second of one process, beside the floor. */
export function ratesPlot({ rounds, options }: Results): string {
  const bars = contenders
    .filter(({ processes }) => processes === 1)
    .map(({ id, name }) => {
      const ratio = ratioOver(rounds, { id, to: 'floor' }, ({ perSecond }) => perSecond).median
      return {
        name: name.replaceAll('`', ''),
        value: over(rounds, id, ({ perSecond }) => perSecond),
        note: `${ratio.toFixed(2)} of the floor`,
        highlighted: name.startsWith('Newsrack'),
      }
    })
    .sort((one, other) => other.value.median - one.value.median)
  return barPlot({
    title: 'Requests a second, one process',
    subtitle: `Median of ${options.rounds} interleaved rounds; the thin line runs from the slowest to the fastest`,
    bars,
  })
}
