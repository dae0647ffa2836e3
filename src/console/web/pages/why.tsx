import { useState } from 'react'
import { address, get, post } from '../api.ts'
import { useAction, useSites } from '../hooks.ts'
import { humane } from '../time.ts'
import type { Explanation } from '../types.ts'
import { RadioField, SelectField, TextField } from '../ui/field.tsx'
import { Loading, Notice, Refusal } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { labelOf } from '../words.ts'

type Explained = { granted: boolean; why: Explanation; offer: { id: string } | null }
type Decision = { at: string; answer: string; explain: object }
type Told = Explained & { decision: Decision | null }

/** Why a reader meets what they meet, in sentences. */
export default function WhyPage() {
  const sites = useSites()
  const [by, setBy] = useState('decision')
  const [decision, setDecision] = useState('')
  const [site, setSite] = useState('')
  const [whose, setWhose] = useState('newsrackId')
  const [reader, setReader] = useState('')
  const [article, setArticle] = useState('')
  const [articleClass, setClass] = useState('metered')
  const [registered, setRegistered] = useState('no')
  const ask = useAction(async (): Promise<Told> => {
    if (by === 'decision') {
      const found = await get<Decision>(address('decisions', decision.trim()))
      return { ...(await post<Explained>('explain', found.explain)), decision: found }
    }
    const body = {
      ...(site !== '' && { site }),
      reader: { [whose]: reader.trim(), registered: registered === 'yes' },
      article: { id: article.trim(), class: articleClass },
    }
    return { ...(await post<Explained>('explain', body)), decision: null }
  })
  return (
    <>
      <PageHead title="Why?" lead="Why did this reader see this? Nothing is counted by asking." />
      <form
        className="question"
        onSubmit={(event) => {
          event.preventDefault()
          ask.mutate(undefined)
        }}
      >
        <RadioField
          label="Ask by"
          value={by}
          options={[
            { value: 'decision', label: 'Decision' },
            { value: 'reader', label: 'Reader and article' },
          ]}
          onChange={setBy}
        />
        {by === 'decision' ? (
          <TextField
            label="Decision"
            help="The answer that a page got bears it. It is kept for a quarter of an hour."
            required
            value={decision}
            onChange={setDecision}
          />
        ) : (
          <div className="filters">
            {sites.length > 1 && (
              <SelectField
                label="Site"
                value={site}
                onChange={setSite}
                options={[
                  { value: '', label: 'Choose …' },
                  ...sites.map(({ id, name }) => ({ value: id, label: name })),
                ]}
              />
            )}
            <SelectField
              label="Reader’s id is"
              value={whose}
              onChange={setWhose}
              options={[
                { value: 'newsrackId', label: 'from Newsrack' },
                { value: 'id', label: 'your own' },
              ]}
            />
            <TextField label="Reader" required value={reader} onChange={setReader} />
            <SelectField
              label="Account"
              value={registered}
              onChange={setRegistered}
              options={[
                { value: 'no', label: 'None' },
                { value: 'yes', label: 'Registered' },
              ]}
            />
            <TextField
              label="Article"
              help="Its id, as the page names it"
              required
              value={article}
              onChange={setArticle}
            />
            <SelectField
              label="Class"
              value={articleClass}
              onChange={setClass}
              options={['metered', 'premium', 'registered', 'free'].map((value) => ({
                value,
                label: labelOf(value),
              }))}
            />
          </div>
        )}
        <button type="submit" className="primary" disabled={ask.isPending}>
          Why?
        </button>
      </form>
      <div aria-live="polite">
        {ask.isPending && <Loading />}
        <Refusal of={ask.error} />
        {ask.data && <Told told={ask.data} />}
      </div>
    </>
  )
}

function Told({ told: { granted, why, decision } }: { told: Told }) {
  const zone = useSites()[0]?.timeZone ?? 'UTC'
  return (
    <section aria-labelledby="told">
      <h2 id="told">{granted ? 'The article opens.' : 'The reader is stopped.'}</h2>
      {decision && (
        <Notice>
          <p>This is told by what is known now; the reader may have read on since that decision.</p>
        </Notice>
      )}
      <h3>What was asked, in order</h3>
      <ol className="reasons">
        {why.rules.map(({ rule, answered, says }) => (
          <li key={rule} data-decided={answered}>
            {humane(says, zone)} {answered && <span className="tag good">decided</span>}
          </li>
        ))}
      </ol>
      <h3>The offers</h3>
      <ul className="reasons">
        {why.offers.map(({ id, chosen, says }) => (
          <li key={id} data-decided={chosen}>
            <strong>{id}</strong>: {humane(says, zone)} {chosen && <span className="tag good">shown</span>}
          </li>
        ))}
      </ul>
    </section>
  )
}
