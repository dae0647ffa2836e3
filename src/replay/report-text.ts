import type { ReplayReport } from './tally.ts'

type Described = { report: ReplayReport; log: string; url: string; site: string }

/** A replay's report as tables for a terminal. */
export function reportText({ report, log, url, site }: Described): string {
  const sections = [
    `Replayed ${log} to ${url}, site ${site}`,
    figures(lineRows(report)),
    figures(answerRows(report)),
    dayTable(report.days),
    ...remarks(report),
    speed(report),
  ]
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`
}

type Row = [label: string, value: string, note?: string]

function lineRows({ lines, unreadable, pages, assets, feeds, other }: ReplayReport): Row[] {
  return [
    ['Lines', whole(lines)],
    ['  pages', whole(pages)],
    ['  assets', whole(assets.count)],
    ...kindRows(assets.kinds),
    ['  feeds', whole(feeds.count)],
    ...kindRows(feeds.kinds),
    ['  other', whole(other.count)],
    ...kindRows(other.kinds),
    ['  unreadable', whole(unreadable.count)],
  ]
}

function kindRows(kinds: Record<string, number>): Row[] {
  return Object.entries(kinds).map(([kind, count]) => [`    ${kind}`, whole(count)])
}

function answerRows(report: ReplayReport): Row[] {
  return [
    ['Readers seen', whole(report.readersSeen)],
    [
      '  calling themselves crawlers',
      whole(report.readersCallingThemselvesCrawlers),
      'claimed, not verified: metered like any reader',
    ],
    ['Readers stopped', whole(report.readersStopped)],
    ['Stop rate', report.stopRate === null ? '-' : `${(report.stopRate * 100).toFixed(1)}%`],
    ['Views', whole(report.views), 'metered'],
    ['Re-reads', whole(report.rereads), 'reread'],
    ['Stops', whole(report.stops), 'meter_stop'],
    ...Object.entries(report.otherReasons).map(([reason, count]): Row => [reason, whole(count)]),
    ['Offers shown', whole(report.offersShown)],
  ]
}

function figures(rows: Row[]): string {
  const labelWidth = Math.max(...rows.map(([label]) => label.length))
  const valueWidth = Math.max(...rows.map(([, value]) => value.length))
  return rows
    .map(([label, value, note = '']) =>
      `${label.padEnd(labelWidth)}  ${value.padStart(valueWidth)}  ${note}`.trimEnd(),
    )
    .join('\n')
}

function dayTable(days: ReplayReport['days']): string {
  if (days.length === 0) return ''
  const header = ['Day', 'Readers', 'Stopped', 'Views', 'Re-reads', 'Stops', 'Offers']
  const rows = days.map(({ day, readersSeen, readersStopped, views, rereads, stops, offersShown }) => [
    day,
    ...[readersSeen, readersStopped, views, rereads, stops, offersShown].map(whole),
  ])
  const table = [header, ...rows]
  const widths = header.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)))
  return table
    .map((row) => row.map((cell, column) => cell.padStart(widths[column] ?? 0)).join('  '))
    .join('\n')
}

function remarks({ unreadable: { first }, problems }: ReplayReport): string[] {
  const unreadable =
    first === null ? [] : [`First unreadable line, number ${first.line}:\n  ${printable(first.text)}`]
  if (problems.length === 0) return unreadable
  const rows = problems.map(
    ({ code, count, example }): Row => [`  ${code}`, whole(count), printable(example)],
  )
  return [...unreadable, `Not answered with a decision\n${figures(rows)}`]
}

// What a stranger sent is not to steer the terminal it is shown on.
function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, '\u{FFFD}')
}

function speed({ requests, durationSeconds, requestsPerSecond }: ReplayReport): string {
  const rate = requestsPerSecond === null ? '' : `, ${whole(Math.round(requestsPerSecond))} a second`
  return `${whole(requests)} requests in ${durationSeconds.toFixed(1)} s${rate}`
}

function whole(count: number): string {
  return count.toLocaleString('en-US')
}
