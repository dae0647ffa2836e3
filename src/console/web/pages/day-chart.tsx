import { useId, useState } from 'react'
import { SelectField } from '../ui/field.tsx'
import { Scroll } from '../ui/scroll.tsx'
import { labelOf } from '../words.ts'
import type { Report } from './report.ts'

const measures = ['readers', 'views', 'stops', 'offersShown', 'checkouts', 'bought', 'cancelled'] as const

const width = 720
const height = 200
const gap = 2
const widest = 54

/** A bar a day. What it shows stands in a table, too, for those who do not see it. */
export function DayChart({ days }: { days: Report['days'] }) {
  const [measure, setMeasure] = useState<(typeof measures)[number]>('readers')
  const title = useId()
  const most = Math.max(1, ...days.map((one) => one[measure]))
  const step = width / days.length
  const wide = Math.min(widest, Math.max(1, step - gap))
  const first = days[0]?.day
  const last = days.at(-1)?.day
  return (
    <section aria-label="Day by day" className="daily">
      <SelectField
        label="Day by day"
        value={measure}
        options={measures.map((value) => ({ value, label: labelOf(value) }))}
        onChange={(value) => setMeasure(measures.find((one) => one === value) ?? 'readers')}
      />
      <svg className="chart" viewBox={`0 -14 ${width} ${height + 34}`} role="img" aria-labelledby={title}>
        <title
          id={title}
        >{`${labelOf(measure)} a day, ${first} to ${last}, at most ${most.toLocaleString('en')}`}</title>
        <text x="0" y="-4">
          {most.toLocaleString('en')}
        </text>
        <line x1="0" x2={width} y1="0.5" y2="0.5" />
        <line x1="0" x2={width} y1={height} y2={height} />
        {days.map((one, index) => {
          const tall = (one[measure] / most) * height
          return (
            <rect
              key={one.day}
              x={index * step + (step - wide) / 2}
              y={height - tall}
              width={wide}
              height={tall}
              rx="1.5"
            >
              <title>{`${one.day}: ${one[measure].toLocaleString('en')}`}</title>
            </rect>
          )
        })}
        <text x="0" y={height + 16}>
          {first}
        </text>
        <text x={width} y={height + 16} textAnchor="end">
          {last}
        </text>
      </svg>
      <details>
        <summary>The same as a table</summary>
        <Scroll label="Day by day, as a table">
          <table className="numbers">
            <thead>
              <tr>
                <th scope="col">Day</th>
                {measures.map((name) => (
                  <th scope="col" key={name}>
                    {labelOf(name)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {days.map((one) => (
                <tr key={one.day}>
                  <th scope="row">{one.day}</th>
                  {measures.map((name) => (
                    <td key={name}>{one[name].toLocaleString('en')}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      </details>
    </section>
  )
}
