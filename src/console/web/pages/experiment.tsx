import { Link } from 'wouter'
import { address } from '../api.ts'
import { useApi } from '../hooks.ts'
import { dayWords } from '../time.ts'
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
  return (
    <>
      <PageHead
        over={<Link href="/experiments">Experiments</Link>}
        title={experiment}
        lead={about?.hypothesis}
      />
      <Refusal of={results.error} />
      {!results.data && !results.error && <Loading />}
      {results.data && <Shown results={results.data} hasEnded={about?.status === 'ended'} />}
    </>
  )
}

function Shown({ results, hasEnded }: { results: Results; hasEnded: boolean }) {
  const { from, to, readersWanted, groups } = results
  const fewest = Math.min(...groups.map(({ readers }) => readers))
  const isEarly = fewest < readersWanted
  return (
    <>
      {(hasEnded || isEarly) && (
        <Notice>
          {hasEnded && <p>It has ended. Everybody meets the rules as they are.</p>}
          {isEarly && (
            <>
              <p>
                Too early to conclude anything: each group is to have {readersWanted.toLocaleString('en')}{' '}
                readers first, and the smallest has {fewest.toLocaleString('en')}.
              </p>
              <progress max={readersWanted} value={fewest} aria-label="Readers of the smallest group" />
            </>
          )}
        </Notice>
      )}
      <p className="meta" id="how-sure">
        {dayWords(from)} to {dayWords(to)}. Each range holds at a confidence of 95 %, however often you look.
      </p>
      <Scroll label="The groups side by side">
        <table className="numbers" aria-describedby="how-sure">
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
                  <Range of={one.stopped} readers={one.readers} />
                </td>
                <td>
                  <Range of={one.bought} readers={one.readers} />
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

function Range({ of: { value, low, high }, readers }: { of: Estimate; readers: number }) {
  if (readers === 0) return '—'
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
      <span className={of.verdict === 'more' || of.verdict === 'less' ? 'tag sure' : 'tag'}>
        {verdicts[of.verdict]}
      </span>
      <span className="estimate">
        {signed(of.low)} to {signed(of.high)} points
      </span>
    </>
  )
}

const points = new Intl.NumberFormat('en', { maximumFractionDigits: 1, signDisplay: 'exceptZero' })

function signed(difference: number): string {
  return points.format(difference * 100).replace('-', '−')
}
