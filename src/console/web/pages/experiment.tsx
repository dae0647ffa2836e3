import { Link } from 'wouter'
import { address } from '../api.ts'
import { useApi } from '../hooks.ts'
import { Loading, Notice, Refusal } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { Scroll } from '../ui/scroll.tsx'
import type { Listed } from './experiments.tsx'
import { percent } from './figures.tsx'

type Estimate = { value: number; low: number; high: number }
type Verdict = 'too_early' | 'no_difference' | 'more' | 'less'
type Compared = Estimate & { verdict: Verdict }
type Group = {
  group: string
  share: number
  readers: number
  stopped: Estimate
  bought: Estimate
  sales: number
  against: { stopped: Compared; bought: Compared } | null
}
type Results = { from: string; to: string; readersWanted: number; groups: Group[] }

const verdicts: Record<Verdict, string> = {
  too_early: 'too early to say',
  no_difference: 'no difference is sure',
  more: 'surely more',
  less: 'surely less',
}

/** What an experiment has shown, and what of it is sure. */
export default function ExperimentPage({ site, experiment }: { site: string; experiment: string }) {
  const results = useApi<Results>(address('experiments', site, experiment), { refreshMs: 5_000 })
  const listed = useApi<{ experiments: Listed[] }>('experiments')
  const about = listed.data?.experiments.find((one) => one.id === experiment && one.site === site)
  if (results.error) return <Refusal of={results.error} />
  if (!results.data) return <Loading />
  const { from, to, readersWanted, groups } = results.data
  const fewest = Math.min(...groups.map(({ readers }) => readers))
  return (
    <>
      <PageHead
        over={<Link href="/experiments">Experiments</Link>}
        title={experiment}
        lead={about?.hypothesis}
      />
      {fewest < readersWanted && (
        <Notice>
          <p>
            Too early to conclude anything: each group is to have {readersWanted.toLocaleString('en')} readers
            first, and the smallest has {fewest.toLocaleString('en')}.
          </p>
          <progress max={readersWanted} value={fewest} aria-label="Readers of the smallest group" />
        </Notice>
      )}
      {about?.status === 'ended' && (
        <Notice>
          <p>It has ended. Everybody meets the rules as they are.</p>
        </Notice>
      )}
      <Scroll label="The groups side by side">
        <table className="numbers">
          <caption>
            {from} to {to}. Each range holds at a confidence of 95 %, however often you look.
          </caption>
          <thead>
            <tr>
              <th scope="col">Group</th>
              <th scope="col">Readers</th>
              <th scope="col">Stopped</th>
              <th scope="col">Bought</th>
              <th scope="col">Stopped, against control</th>
              <th scope="col">Bought, against control</th>
            </tr>
          </thead>
          <tbody>
            {groups.map((one) => (
              <tr key={one.group}>
                <th scope="row">
                  {one.group} <span className="estimate">{one.share} % of the readers</span>
                </th>
                <td>{one.readers.toLocaleString('en')}</td>
                <td>
                  <Range of={one.stopped} />
                </td>
                <td>
                  <Range of={one.bought} />
                </td>
                <td>{one.against ? <Verdict of={one.against.stopped} /> : '—'}</td>
                <td>{one.against ? <Verdict of={one.against.bought} /> : '—'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  )
}

function Range({ of: { value, low, high } }: { of: Estimate }) {
  return (
    <>
      {percent(value)}
      <span className="estimate">
        {percent(low)} to {percent(high)}
      </span>
    </>
  )
}

function Verdict({ of }: { of: Compared }) {
  return (
    <>
      <span className={of.verdict === 'more' || of.verdict === 'less' ? 'tag good' : 'tag'}>
        {verdicts[of.verdict]}
      </span>
      <span className="estimate">
        {points(of.low)} to {points(of.high)}
      </span>
    </>
  )
}

function points(difference: number): string {
  return `${difference > 0 ? '+' : ''}${(difference * 100).toLocaleString('en', { maximumFractionDigits: 1 })} points`
}
