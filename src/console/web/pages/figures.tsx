import { useState } from 'react'
import { Link } from 'wouter'
import { money } from '../form/summary.ts'
import { useApi, useSites } from '../hooks.ts'
import { day } from '../time.ts'
import { RadioField, SelectField, TextField } from '../ui/field.tsx'
import { Empty, Loading, Refusal } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { Scroll } from '../ui/scroll.tsx'
import { labelOf } from '../words.ts'
import { DayChart } from './day-chart.tsx'
import { downloadCsv } from './download-csv.ts'
import type { Report, Row } from './report.ts'
import { Standings } from './standings.tsx'

const liveMs = 5_000
const splits = ['section', 'device', 'country', 'offer', 'version']

/** What happens on a site: today, or in any period. */
export default function FiguresPage() {
  const sites = useSites()
  const [chosen, setSite] = useState('')
  const site = sites.find(({ id }) => id === chosen) ?? sites[0]
  const [period, setPeriod] = useState('today')
  const [own, setOwn] = useState({ from: '', to: '' })
  const [by, setBy] = useState('section')
  const { from, to } = periodOf(period, own, site?.timeZone ?? 'UTC')
  const asked = new URLSearchParams({ site: site?.id ?? '', from, to, by }).toString()
  const { data, error } = useApi<Report>(site ? `reports?${asked}` : null, { refreshMs: liveMs })
  return (
    <>
      <PageHead
        title="Figures"
        lead={site && `${site.name}, by its own calendar. Numbers are a few seconds old.`}
      />
      <div className="filters">
        {sites.length > 1 && (
          <SelectField
            label="Site"
            value={site?.id ?? ''}
            onChange={setSite}
            options={sites.map(({ id, name }) => ({ value: id, label: name }))}
          />
        )}
        <RadioField
          label="Period"
          value={period}
          onChange={setPeriod}
          options={[
            { value: 'today', label: 'Today' },
            { value: 'week', label: '7 days' },
            { value: 'month', label: '28 days' },
            { value: 'own', label: 'Other' },
          ]}
        />
        {period === 'own' && (
          <>
            <TextField
              label="From"
              type="date"
              value={from}
              max={to}
              onChange={(value) => value && setOwn({ from: value, to })}
            />
            <TextField
              label="To"
              type="date"
              value={to}
              min={from}
              onChange={(value) => value && setOwn({ from, to: value })}
            />
          </>
        )}
      </div>
      <Refusal of={error} />
      {!data && !error && <Loading />}
      {data && (
        <>
          <Totals total={data.total} />
          {data.total.readers === 0 && (
            <Empty title="Nobody has come yet">
              <p>
                As soon as a reader opens an article, it stands here within seconds.{' '}
                <Link href="/drafts">Prepare an offer</Link> meanwhile.
              </p>
            </Empty>
          )}
          {data.days.length > 1 && <DayChart days={data.days} />}
          {data.total.readers > 0 && (
            <section aria-label="Split">
              <div className="list-head">
                <SelectField
                  label="Split by"
                  value={by}
                  onChange={setBy}
                  options={splits.map((value) => ({ value, label: labelOf(value) }))}
                />
                <button type="button" disabled={data.rows.length === 0} onClick={() => downloadCsv(data)}>
                  Download CSV
                </button>
              </div>
              {data.rows.length > 0 && <Rows report={data} />}
              <p className="meta">
                A sale counts where its checkout was begun. What is not known is in the totals only.
              </p>
            </section>
          )}
          {site && <Standings site={site.id} />}
        </>
      )}
    </>
  )
}

function periodOf(
  period: string,
  own: { from: string; to: string },
  zone: string,
): { from: string; to: string } {
  const to = day(0, zone)
  if (period === 'week') return { from: day(-6, zone), to }
  if (period === 'month') return { from: day(-27, zone), to }
  if (period === 'own') return { from: own.from || day(-27, zone), to: own.to || to }
  return { from: to, to }
}

function Totals({ total }: { total: Row }) {
  const figures = [
    ['Readers', number(total.readers)],
    ['Articles opened', number(total.views)],
    ['Stop rate', percent(total.stopRate)],
    ['Offers shown', number(total.offersShown)],
    ['Checkouts begun', number(total.checkouts)],
    ['Bought', number(total.bought)],
    ['Conversion', percent(total.conversion)],
    ['Revenue begun, a month', sum(total.revenue)],
  ]
  return (
    <dl className="figures">
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function Rows({ report: { by, rows } }: { report: Report }) {
  return (
    <Scroll label={`By ${by}`}>
      <table className="numbers">
        <thead>
          <tr>
            <th scope="col">{labelOf(by)}</th>
            {[
              'Readers',
              'Views',
              'Stop rate',
              'Offers shown',
              'Checkouts',
              'Bought',
              'Cancelled',
              'Conversion',
              'Revenue a month',
            ].map((name) => (
              <th scope="col" key={name}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.value}>
              <th scope="row">{row.value || 'none'}</th>
              <td>{number(row.readers)}</td>
              <td>{number(row.views)}</td>
              <td>{percent(row.stopRate)}</td>
              <td>{number(row.offersShown)}</td>
              <td>{number(row.checkouts)}</td>
              <td>{number(row.bought)}</td>
              <td>{number(row.cancelled)}</td>
              <td>{percent(row.conversion)}</td>
              <td>{sum(row.revenue)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

function sum(revenue: Row['revenue']): string {
  return revenue.map(({ amount, currency }) => money(amount, currency)).join(' + ') || '—'
}

function number(value: number): string {
  return value.toLocaleString('en')
}

export function percent(share: number | null): string {
  return share === null ? '—' : `${(share * 100).toLocaleString('en', { maximumFractionDigits: 1 })} %`
}
