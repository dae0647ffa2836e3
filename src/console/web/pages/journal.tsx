import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import { type ApiProblem, get } from '../api.ts'
import { useSettled } from '../hooks.ts'
import { when } from '../time.ts'
import type { Note } from '../types.ts'
import { SelectField, TextField } from '../ui/field.tsx'
import { Empty, Loading, Refusal } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { actionWords, kindOrder, labelOf, manyOf, oneOf } from '../words.ts'

type Page = { notes: Note[]; next: number | null }

/** Who changed what, when and why. */
export default function JournalPage() {
  const [kind, setKind] = useState('')
  const [key, setKey] = useState('')
  const wanted = new URLSearchParams(
    Object.entries({ kind, key: useSettled(key.trim(), 300) }).filter(([, value]) => value !== ''),
  ).toString()
  const pages = useInfiniteQuery<Page, ApiProblem>({
    queryKey: ['audit', wanted],
    queryFn: ({ pageParam }) =>
      get(`audit?${[wanted, pageParam === 0 ? '' : `before=${pageParam}`].filter(Boolean).join('&')}`),
    initialPageParam: 0,
    getNextPageParam: ({ next }) => next,
  })
  const notes = pages.data?.pages.flatMap((page) => page.notes) ?? []
  return (
    <>
      <PageHead title="Journal" lead="Who changed what, when and why. Nothing in it is ever altered." />
      <div className="filters">
        <SelectField
          label="About"
          value={kind}
          onChange={setKind}
          options={[
            { value: '', label: 'Everything' },
            ...kindOrder.map((one) => ({ value: one, label: manyOf(one) })),
          ]}
        />
        <TextField label="Of this name" placeholder="standing" value={key} onChange={setKey} />
      </div>
      <Refusal of={pages.error} />
      {pages.isPending && <Loading />}
      {pages.isSuccess && notes.length === 0 && (
        <Empty title="Nothing yet">
          <p>As soon as somebody changes something, it stands here.</p>
        </Empty>
      )}
      <ol className="journal">
        {notes.map((note) => (
          <li key={note.number}>
            <p>
              <strong>{note.by?.name ?? 'The service'}</strong>{' '}
              {actionWords[note.action] ?? labelOf(note.action)}{' '}
              {note.subject && (
                <>
                  the {oneOf(note.subject.kind)} <strong>{note.subject.key}</strong>
                </>
              )}
              {note.version !== null && (
                <Link href={`/versions/${note.version}`}> version {note.version}</Link>
              )}
            </p>
            {note.words.length > 0 && <p>{note.words.join('; ')}</p>}
            {note.why && <blockquote>{note.why}</blockquote>}
            <p className="meta">{when(note.at)}</p>
          </li>
        ))}
      </ol>
      {pages.hasNextPage && (
        <button type="button" disabled={pages.isFetching} onClick={() => pages.fetchNextPage()}>
          Older
        </button>
      )}
    </>
  )
}
