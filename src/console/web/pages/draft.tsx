import { useState } from 'react'
import { Link, useLocation, useSearch } from 'wouter'
import { address, post, put } from '../api.ts'
import { useAction, useDraft, useEntries, useKinds, useMay, useSites } from '../hooks.ts'
import type { Draft } from '../types.ts'
import { Ask } from '../ui/dialog.tsx'
import { SelectField, TextField } from '../ui/field.tsx'
import { Empty, Loading, Notice, Refusal } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { useToast } from '../ui/toast.tsx'
import { count, kindOrder, kindWords, manyOf, oneOf } from '../words.ts'
import { DraftState } from './drafts.tsx'
import { EntryRow } from './entry-row.tsx'

/** A draft: what it consists of, kind by kind. */
export default function DraftPage({ id }: { id: string }) {
  const draft = useDraft(id)
  const all = useEntries(id)
  const known = useKinds()
  const [location, go] = useLocation()
  const wanted = new URLSearchParams(useSearch())
  const kind = wanted.get('kind') ?? 'offers'
  const [text, setText] = useState('')
  const [site, setSite] = useState('')
  const sites = useSites()
  const mayEdit = useMay('editor') && draft.data?.status === 'open'
  const problem = draft.error ?? all.error
  if (problem !== null) return <Refusal of={problem} />
  if (!draft.data || !all.data) return <Loading />
  const { changes, problems, status } = draft.data
  const entries = all.data.entries
  const searched = text.trim().toLowerCase()
  const ofSite = entries.filter(
    (one) => site === '' || (one.kind === 'sites' ? one.entry.id : (one.entry.site ?? site)) === site,
  )
  const fits = ofSite.filter(({ title, entry }) =>
    `${title} ${JSON.stringify(entry)}`.toLowerCase().includes(searched),
  )
  const shown = searched === '' ? fits.filter((one) => one.kind === kind) : fits
  const kinds = kindOrder.filter((one) => known.data?.kinds.some((each) => each.kind === one))
  return (
    <>
      <PageHead
        over={<Link href="/drafts">Drafts</Link>}
        title={draft.data.title}
        lead={<DraftState draft={draft.data} />}
      >
        <More draft={draft.data} />
        <Link href={`/drafts/${id}/try`} className="button">
          What if?
        </Link>
        <Link href={`/drafts/${id}/publish`} className="button primary">
          {status === 'open' ? 'Review and publish' : 'Review'}
        </Link>
      </PageHead>
      {draft.data.failure && (
        <Notice tone="bad">
          <p>It was due, but could not be published: {draft.data.failure}</p>
        </Notice>
      )}
      <p className="sum">
        <Link href={`/drafts/${id}/publish`}>{count(changes.length, 'change')}</Link>
        {problems.length > 0 && <span className="tag bad">{count(problems.length, 'problem')}</span>}
      </p>
      <div className="filters">
        <TextField
          label="Search in everything"
          type="search"
          value={text}
          onChange={setText}
          placeholder="A name, a price, a section …"
        />
        {sites.length > 1 && (
          <SelectField
            label="Site"
            value={site}
            onChange={setSite}
            options={[
              { value: '', label: 'All sites' },
              ...sites.map(({ id: of, name }) => ({ value: of, label: name })),
            ]}
          />
        )}
      </div>
      <nav className="tabs" aria-label="Kinds of entries">
        <ul>
          {kinds.map((one) => {
            const own = entries.filter((entry) => entry.kind === one && !entry.archived)
            const changed = changes.filter((change) => change.kind === one).length
            return (
              <li key={one}>
                <Link
                  href={`${location}?kind=${one}`}
                  replace
                  aria-current={searched === '' && one === kind ? 'page' : undefined}
                >
                  {manyOf(one)} <span className="number">{own.length}</span>
                  {changed > 0 && <span className="dot" title={count(changed, 'change')} />}
                </Link>
              </li>
            )
          })}
        </ul>
      </nav>
      <section aria-label={searched === '' ? manyOf(kind) : 'Found'}>
        <div className="list-head">
          <p className="help">
            {searched === '' ? kindWords[kind]?.about : `${count(shown.length, 'entry', 'entries')} found`}
          </p>
          {mayEdit && searched === '' && (
            <button type="button" onClick={() => go(`/drafts/${id}/${kind}`)}>
              New {oneOf(kind)}
            </button>
          )}
        </div>
        {shown.length === 0 && (
          <Empty title={searched === '' ? `No ${manyOf(kind).toLowerCase()} yet` : 'Nothing found'}>
            <p>{searched === '' ? kindWords[kind]?.about : 'Try fewer letters.'}</p>
          </Empty>
        )}
        <ul className="rows">
          {shown.map((entry) => (
            <EntryRow
              key={`${entry.kind}/${entry.key}/${entry.archived}`}
              draft={id}
              entry={entry}
              siblings={entries}
              mayEdit={mayEdit}
              showsKind={searched !== ''}
            />
          ))}
        </ul>
      </section>
    </>
  )
}

function More({ draft }: { draft: Draft }) {
  const [asking, setAsking] = useState<'title' | 'discard' | null>(null)
  const [words, setWords] = useState(draft.title)
  const [, go] = useLocation()
  const say = useToast()
  const rename = useAction(() => put(address('drafts', draft.id), { title: words }))
  const discard = useAction(() => post(`${address('drafts', draft.id)}/discard`, { why: words }))
  const close = () => setAsking(null)
  const ask = (what: 'title' | 'discard', start: string) => {
    setWords(start)
    setAsking(what)
  }
  if (!useMay('editor') || draft.status !== 'open') return null
  const renaming = asking === 'title'
  return (
    <>
      <button type="button" className="quiet" onClick={() => ask('title', draft.title)}>
        Rename
      </button>
      <button type="button" className="quiet" onClick={() => ask('discard', '')}>
        Discard
      </button>
      {asking && (
        <Ask title={renaming ? 'Rename the draft' : `Discard “${draft.title}”?`} isOpen onClose={close}>
          <form
            onSubmit={(event) => {
              event.preventDefault()
              if (renaming) rename.mutate(undefined, { onSuccess: close })
              else
                discard.mutate(undefined, {
                  onSuccess() {
                    say('Discarded. The journal keeps what it said.')
                    go('/drafts')
                  },
                })
            }}
          >
            <Refusal of={rename.error ?? discard.error} />
            {!renaming && <p>It leaves the list of drafts. The journal keeps what it said.</p>}
            <TextField
              label={renaming ? 'Title' : 'Why?'}
              maxLength={renaming ? 120 : 500}
              required={renaming}
              value={words}
              onChange={setWords}
              autoFocus
            />
            <div className="actions">
              <button type="submit" className="primary">
                {renaming ? 'Rename' : 'Discard'}
              </button>
              <button type="button" onClick={close}>
                Leave it
              </button>
            </div>
          </form>
        </Ask>
      )}
    </>
  )
}
