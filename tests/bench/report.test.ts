import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { contenders } from '../../bench/contenders.ts'
import type { Figures } from '../../bench/measure.ts'
import { ratesPlot } from '../../bench/rates-plot.ts'
import { report } from '../../bench/report.ts'
import type { Results } from '../../bench/results.ts'
import { targets } from '../../bench/targets.ts'

const rates: Record<string, number> = {
  floor: 40_000,
  views: 30_000,
  access: 32_000,
  usual: 8000,
  limiter: 20_000,
}

/** A run in which everything not named in `rates` serves 10,000 a second. */
function resultsWith(changes: Record<string, Partial<Figures>> = {}): Results {
  const round = new Map(
    contenders.map(({ id }) => [id, { ...figures, perSecond: rates[id] ?? 10_000, ...changes[id] }]),
  )
  return {
    date: new Date('2026-06-01T12:00:00Z'),
    machine: { cpu: 'Some CPU', cpuCount: 2, node: 'v24.0.0', redis: '7.0.0', wrk: '4.1.0', cores: [0, 1] },
    options: { rounds: 3, seconds: 5, storedReaders: 100_000, coldStarts: 5, keep: true },
    rounds: [round, round, round],
    memory: [
      { articles: 1, bytes: 160 },
      { articles: 5, bytes: 196.4 },
    ],
    articleBits: 32,
    growth: [
      { size: 1, cpuMicroseconds: [30, 31, 32] },
      { size: 1000, cpuMicroseconds: [33, 34, 35] },
    ],
    coldStartMs: [400, 500, 450],
  }
}

const figures: Figures = {
  perSecond: 0,
  cpuMicrosecondsPerRequest: 25,
  saturatedP50Ms: 1.5,
  saturatedP99Ms: 3,
  halfP50Ms: 0.3,
  halfP99Ms: 0.9,
  withoutStore: 0,
  rssBytes: 90e6,
}

describe('the report of the benchmark', () => {
  const text = report(resultsWith())

  it('shows every contender beside the floor of its own run', () => {
    for (const { name } of contenders) assert.ok(text.includes(`| ${name} |`), name)
    assert.match(text, /\| Newsrack, `POST \/v1\/views` \| 30,000 \| 0\.75 \| 25\.0 \|/)
  })

  it('tells memory, collisions, growth and the cold start', () => {
    assert.match(text, /\| 5 \| 196 \| 2\.3 · 10\^−9 \|/)
    assert.match(text, /\| 1,000 \| 34\.0 \(33\.0–35\.0\) \|/)
    assert.match(text, /450 \(400–500\) ms/)
  })

  it('says of every promise whether it holds', () => {
    assert.ok(targets(resultsWith()).every(({ holds }) => holds))
    const slow = targets(resultsWith({ views: { perSecond: 20_000, halfP99Ms: 2 } }))
    assert.deepEqual(
      slow.filter(({ holds }) => !holds).map(({ found }) => found),
      ['0.50 times', '2.50 times', '1.00 times', '2.22 times'],
    )
    assert.match(report(resultsWith({ views: { perSecond: 20_000 } })), /\*\*missed\*\*/)
  })

  it('draws a bar for each server of one process, the fastest first', () => {
    const names = [...ratesPlot(resultsWith()).matchAll(/text-anchor="end"[^>]*>([^<]+)</g)].map(
      ([, name]) => name,
    )
    assert.equal(names.length, contenders.filter(({ processes }) => processes === 1).length)
    assert.match(names[0] ?? '', /^floor/)
    assert.match(names[1] ?? '', /access$/)
  })
})
