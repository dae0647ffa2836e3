import { useRef, useState } from 'react'
import { Link } from 'wouter'
import { ApiProblem, request } from '../api.ts'
import { useDraft, useSites } from '../hooks.ts'
import { when } from '../time.ts'
import { Field, RadioField, SelectField, TextField } from '../ui/field.tsx'
import { Loading, Notice, Refusal } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { Scroll } from '../ui/scroll.tsx'
import { count } from '../words.ts'
import { percent } from './figures.tsx'
import { linesOf } from './ndjson.ts'

type Outcome = {
  readers: number
  stopped: number
  stopRate: number | null
  views: number
  stops: number
  offersShown: number
}
type Both = { before: Outcome; after: Outcome }
type Comparison = {
  visits: number
  from: string | null
  to: string | null
  share: number
  total: Both
  sections: (Both & { section: string })[]
}
type Line = { done: number } | { result: Comparison } | { problem: string }

/** What a draft would have done with what readers have really done. */
export default function TryPage({ id }: { id: string }) {
  const draft = useDraft(id)
  const sites = useSites()
  const [site, setSite] = useState('')
  const [source, setSource] = useState('recorded')
  const [days, setDays] = useState('28')
  const [log, setLog] = useState<File | null>(null)
  const [done, setDone] = useState<number | null>(null)
  const [result, setResult] = useState<Comparison | null>(null)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const running = useRef(0)

  async function run() {
    running.current += 1
    const own = running.current
    setDone(0)
    setResult(null)
    setProblem(null)
    try {
      const asked = new URLSearchParams({
        draft: id,
        ...(site !== '' && { site }),
        ...(source === 'recorded' && { days }),
      })
      const path = source === 'recorded' ? 'what-if' : 'what-if/log'
      const response = await request(
        'POST',
        `${path}?${asked}`,
        source === 'recorded' ? undefined : (log ?? ''),
      )
      for await (const line of linesOf<Line>(response)) {
        if (own !== running.current) return
        if ('done' in line) setDone(line.done)
        if ('result' in line) setResult(line.result)
        if ('problem' in line) setProblem(new ApiProblem(422, { detail: line.problem }))
      }
    } catch (error) {
      setProblem(
        error instanceof ApiProblem
          ? error
          : new ApiProblem(0, { detail: 'The connection broke off. Try again.' }),
      )
    }
    setDone(null)
  }

  if (draft.error) return <Refusal of={draft.error} />
  if (!draft.data) return <Loading />
  return (
    <>
      <PageHead
        over={<Link href={`/drafts/${id}`}>{draft.data.title}</Link>}
        title="What if?"
        lead="The draft, tried on what readers have really done. Nothing is changed and nobody is counted."
      />
      <form
        className="question"
        onSubmit={(event) => {
          event.preventDefault()
          void run()
        }}
      >
        {sites.length > 1 && (
          <SelectField
            label="Site"
            value={site}
            onChange={setSite}
            options={[
              { value: '', label: 'Choose …' },
              ...sites.map(({ id: of, name }) => ({ value: of, label: name })),
            ]}
          />
        )}
        <RadioField
          label="Traffic"
          value={source}
          options={[
            { value: 'recorded', label: 'Recorded' },
            { value: 'log', label: 'A log' },
          ]}
          onChange={setSource}
        />
        {source === 'recorded' ? (
          <TextField
            label="Days"
            type="number"
            className="short"
            min={1}
            max={28}
            required
            value={days}
            onChange={setDays}
            help="Up to today"
          />
        ) : (
          <Field label="Access log" help="In the combined format, as text. Nothing of it is kept.">
            {(tied) => (
              <input
                {...tied}
                type="file"
                required
                onChange={({ target }) => setLog(target.files?.[0] ?? null)}
              />
            )}
          </Field>
        )}
        <button type="submit" className="primary" disabled={done !== null}>
          Try it
        </button>
      </form>
      {done !== null && (
        <div className="progress">
          <label htmlFor="done">Replaying … {Math.round(done * 100)} %</label>
          <progress id="done" max={1} value={done} />
        </div>
      )}
      <Refusal of={problem} />
      <div aria-live="polite">{result && <Compared result={result} />}</div>
    </>
  )
}

function Compared({ result }: { result: Comparison }) {
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
