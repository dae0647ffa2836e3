import type { Spread } from './statistics.ts'

/** One bar: `note` stands behind the figure. */
export type Bar = { name: string; value: Spread; note: string; highlighted: boolean }

const width = 940
const left = 384
const right = 190
const top = 62
const rowHeight = 40
const barHeight = 20

/** Horizontal bars from zero with the range of each as a thin line, as an SVG document. */
export function barPlot({
  title,
  subtitle,
  bars,
}: {
  title: string
  subtitle: string
  bars: readonly Bar[]
}): string {
  const height = top + bars.length * rowHeight + 14
  const most = Math.max(...bars.map(({ value }) => value.most))
  const scale = (value: number) => (value / most) * (width - left - right)
  const rows = bars.map((bar, index) => row(bar, { y: top + index * rowHeight, scale }))
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(title)}" font-family="system-ui, -apple-system, 'Segoe UI', sans-serif" font-size="14">
<rect width="${width}" height="${height}" fill="#ffffff"/>
<text x="20" y="28" font-size="17" font-weight="600" fill="#1c2733">${escaped(title)}</text>
<text x="20" y="48" font-size="13" fill="#5a6672">${escaped(subtitle)}</text>
${rows.join('\n')}
</svg>
`
}

function row(
  { name, value, note, highlighted }: Bar,
  place: { y: number; scale: (value: number) => number },
): string {
  const { y, scale } = place
  const middle = y + rowHeight / 2
  const x = (amount: number) => round(left + scale(amount))
  const figure = Math.round(value.median).toLocaleString('en-US')
  const ink = highlighted ? '#0b5cad' : '#1c2733'
  return `<text x="${left - 12}" y="${middle + 5}" text-anchor="end" fill="${ink}"${highlighted ? ' font-weight="600"' : ''}>${escaped(name)}</text>
<rect x="${left}" y="${middle - barHeight / 2}" width="${round(scale(value.median))}" height="${barHeight}" rx="2" fill="${highlighted ? '#1f77c9' : '#b4bfca'}"/>
<path d="M${x(value.least)} ${middle}H${x(value.most)}M${x(value.least)} ${middle - 4}v8M${x(value.most)} ${middle - 4}v8" stroke="#1c2733" stroke-width="1.2" fill="none"/>
<text x="${round(x(value.most) + 10)}" y="${middle + 5}" fill="${ink}"><tspan font-weight="600">${figure}</tspan><tspan dx="7" fill="#5a6672" font-size="13">${escaped(note)}</tspan></text>`
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
