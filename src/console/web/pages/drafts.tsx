import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import { post } from '../api.ts'
import { useAction, useApi, useMay } from '../hooks.ts'
import { when } from '../time.ts'
import type { Draft, DraftSummary } from '../types.ts'
import { Ask, AskActions } from '../ui/dialog.tsx'
import { TextField } from '../ui/field.tsx'
import { Empty, Loading, Refusal } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'

/** What is being written. */
export default function DraftsPage() {
  const { data, error } = useApi<{ drafts: DraftSummary[] }>('drafts')
  const [isAsking, setAsking] = useState(false)
  const mayEdit = useMay('editor')
  return (
    <>
      <PageHead
        title="Drafts"
        lead="Changes are written in a draft. Readers meet nothing of it until it is published."
      >
        {mayEdit && (
          <button type="button" className="primary" onClick={() => setAsking(true)}>
            New draft
          </button>
        )}
      </PageHead>
      <Refusal of={error} />
      {!data && !error && <Loading />}
      {data?.drafts.length === 0 && (
        <Empty title="Nothing is being written">
          <p>
            {mayEdit
              ? 'Begin a draft to change an offer, a meter or a wall. It starts as what rules now.'
              : 'An editor can begin a draft.'}
          </p>
        </Empty>
      )}
      <ul className="cards">
        {data?.drafts.map((draft) => (
          <li key={draft.id}>
            <Link href={`/drafts/${draft.id}`}>{draft.title}</Link>
            <DraftState draft={draft} />
            <p className="meta">
              {draft.changedBy.name} changed it, {when(draft.changedAt)}
            </p>
          </li>
        ))}
      </ul>
      {isAsking && <NewDraft onClose={() => setAsking(false)} />}
    </>
  )
}

export function DraftState({
  draft: { status, schedule, outdated, failure, approval },
}: {
  draft: DraftSummary
}) {
  return (
    <span className="tags">
      {status === 'scheduled' && schedule && (
        <span className="tag good">scheduled for {when(schedule.at)}</span>
      )}
      {approval && <span className="tag good">approved by {approval.by.name}</span>}
      {outdated && <span className="tag warn">another version was published since</span>}
      {failure && <span className="tag bad">was not published on schedule</span>}
      {status === 'open' && !outdated && !failure && <span className="tag">being written</span>}
    </span>
  )
}

function NewDraft({ onClose }: { onClose: () => void }) {
  const [title, setTitle] = useState('')
  const [, go] = useLocation()
  const begin = useAction(() => post<Draft>('drafts', title.trim() === '' ? {} : { title: title.trim() }))
  return (
    <Ask title="New draft" isOpen onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          begin.mutate(undefined, { onSuccess: ({ id }) => go(`/drafts/${id}`) })
        }}
      >
        <Refusal of={begin.error} />
        <TextField
          label="What is it about?"
          placeholder="Winter sale"
          maxLength={120}
          value={title}
          onChange={setTitle}
          autoFocus
        />
        <AskActions submit="Begin" isDisabled={begin.isPending} onClose={onClose} />
      </form>
    </Ask>
  )
}
