import { when } from '../time.ts'
import { Notice } from '../ui/notice.tsx'
import { Scroll } from '../ui/scroll.tsx'
import { count } from '../words.ts'
import { percent } from './figures.tsx'

type Outcome = {
  readers: number
  stopped: number
  stopRate: number | null
  views: number
  stops: number
  offersShown: number
}
type Both = { before: Outcome; after: Outcome }
export type Comparison = {
  visits: number
  from: string | null
  to: string | null
  share: number
  total: Both
  sections: (Both & { section: string })[]
}

/** The same visits under the rules of now and under those of a draft. */
export function Compared({ result }: { result: Comparison }) {
  const { visits, from, to, share, total, sections } = result
  if (visits === 0) {
    return (
      <Notice>
        <p>
          There is no traffic to try it on yet. As readers come, a sample is recorded; or try it on a log of
          yours.
        </p>
      </Notice>
    )
  }
  return (
    <section aria-labelledby="compared">
      <h2 id="compared">
        Stop rate {percent(total.before.stopRate)} → {percent(total.after.stopRate)}
      </h2>
      <p className="meta">
        {count(visits, 'visit')}
        {from && to && `, ${when(from)} to ${when(to)}`}
        {share < 1 && `; a sample of ${percent(share)} of the readers`}
      </p>
      <Table
        rows={[
          { name: 'In all', ...total },
          ...sections.map((one) => ({ name: one.section || 'no section', ...one })),
        ]}
      />
    </section>
  )
}

function Table({ rows }: { rows: (Both & { name: string })[] }) {
  return (
    <Scroll label="Before and after">
      <table className="numbers">
        <thead>
          <tr>
            <th scope="col">Section</th>
            <th scope="col">Readers</th>
            <th scope="col">Stop rate</th>
            <th scope="col">Readers stopped</th>
            <th scope="col">Articles refused</th>
            <th scope="col">Offers shown</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, before, after }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{before.readers.toLocaleString('en')}</td>
              <td>{arrow(percent(before.stopRate), percent(after.stopRate))}</td>
              <td>{arrow(before.stopped.toLocaleString('en'), after.stopped.toLocaleString('en'))}</td>
              <td>{arrow(before.stops.toLocaleString('en'), after.stops.toLocaleString('en'))}</td>
              <td>
                {arrow(before.offersShown.toLocaleString('en'), after.offersShown.toLocaleString('en'))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

function arrow(before: string, after: string): string {
  return before === after ? before : `${before} → ${after}`
}
