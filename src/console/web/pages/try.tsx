import { useRef, useState } from 'react'
import { Link } from 'wouter'
import { ApiProblem, request } from '../api.ts'
import { useDraft, useSites } from '../hooks.ts'
import { Field, RadioField, SelectField, TextField } from '../ui/field.tsx'
import { Loading, Refusal } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { Compared, type Comparison } from './compared.tsx'
import { linesOf } from './ndjson.ts'

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
