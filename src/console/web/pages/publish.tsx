import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import { type ApiProblem, address, post } from '../api.ts'
import { useAction, useDraft, useMay, useSession, useSites } from '../hooks.ts'
import { fromLocal, toLocal, when, whenIn } from '../time.ts'
import type { Draft, Version } from '../types.ts'
import { AreaField, RadioField, TextField } from '../ui/field.tsx'
import { Empty, Loading, Notice, Refusal } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { useToast } from '../ui/toast.tsx'
import { manyOf } from '../words.ts'
import { Changes } from './changes.tsx'
import { Conflicts, conflictsOf } from './conflicts.tsx'

/** Before readers meet it: what changes, what is in the way, and when it is to hold. */
export default function PublishPage({ id }: { id: string }) {
  const { data: draft, error } = useDraft(id)
  if (error !== null) return <Refusal of={error} />
  if (!draft) return <Loading />
  const { changes, problems, status, version } = draft
  return (
    <>
      <PageHead
        over={
          <>
            <Link href="/drafts">Drafts</Link> › <Link href={`/drafts/${id}`}>{draft.title}</Link>
          </>
        }
        title={status === 'published' ? 'Published' : 'Review and publish'}
        lead={`Against version ${draft.base}, from which the draft was made.`}
      />
      {status === 'published' && (
        <Notice tone="good">
          <p>
            It rules as <Link href={`/versions/${version}`}>version {version}</Link>.
          </p>
        </Notice>
      )}
      {draft.outdated && <Outdated draft={draft} />}
      <div className="review">
        <section aria-labelledby="what">
          <h2 id="what">What changes</h2>
          {changes.length === 0 ? (
            <Empty title="Nothing yet">
              <p>
                The draft says what rules already. <Link href={`/drafts/${id}`}>Change an entry</Link> first.
              </p>
            </Empty>
          ) : (
            <Changes changes={changes} />
          )}
          {problems.length > 0 && (
            <Notice tone="bad">
              <p>It cannot be published until this is right:</p>
              <ul>
                {problems.map(({ kind, key, field, message }) => (
                  <li key={`${kind}/${key}/${field}/${message}`}>
                    {key === null ? (
                      manyOf(kind)
                    ) : (
                      <Link href={`/drafts/${id}/${kind}/${encodeURIComponent(key)}`}>{key}</Link>
                    )}
                    {field && ` › ${field}`}: {message}
                  </li>
                ))}
              </ul>
            </Notice>
          )}
        </section>
        {(status === 'open' || status === 'scheduled') && <Decide draft={draft} />}
      </div>
    </>
  )
}

function Outdated({ draft }: { draft: Draft }) {
  const rebase = useAction((choices: Record<string, 'mine' | 'theirs'>) =>
    post(`${address('drafts', draft.id)}/rebase`, { choices }),
  )
  const say = useToast()
  const run = (choices: Record<string, 'mine' | 'theirs'>) =>
    rebase.mutate(choices, { onSuccess: () => say('The draft is up to date.') })
  const conflicts = conflictsOf(rebase.error)
  return (
    <Notice tone="warn">
      <p>
        Another version was published since this draft was made. Bring it up to date: your changes are put on
        top of theirs.
      </p>
      {conflicts === null ? (
        <>
          <Refusal of={rebase.error} />
          <button type="button" disabled={rebase.isPending} onClick={() => run({})}>
            Bring up to date
          </button>
        </>
      ) : (
        <Conflicts conflicts={conflicts} onChosen={run} />
      )}
    </Notice>
  )
}

function Decide({ draft }: { draft: Draft }) {
  const { needsApproval, person } = useSession()
  const mayPublish = useMay('publisher')
  const [why, setWhy] = useState('')
  const [timing, setTiming] = useState('now')
  const zone = useSites()[0]?.timeZone ?? 'UTC'
  const [at, setAt] = useState(
    () => `${toLocal(new Date(Date.now() + 86_400_000).toISOString(), 'UTC').slice(0, 11)}06:00`,
  )
  const [, go] = useLocation()
  const say = useToast()
  const path = address('drafts', draft.id)
  const publish = useAction(() => post<Version>(`${path}/publish`, { why, revision: draft.revision }))
  const act = useAction(({ what, body }: { what: string; body: object }) => post(`${path}/${what}`, body))
  if (!mayPublish) return <Aside>Publishers can publish this. Tell one of them that it is ready.</Aside>
  if (draft.status === 'scheduled' && draft.schedule) {
    return (
      <section className="decide" aria-label="On the schedule">
        <h2>On the schedule</h2>
        <p>
          {draft.schedule.by.name} has scheduled it for {whenIn(draft.schedule.at, zone)} ({zone}). Nobody
          changes it meanwhile.
        </p>
        <Refusal of={act.error} />
        <button
          type="button"
          onClick={() =>
            act.mutate(
              { what: 'unschedule', body: { why: '' } },
              { onSuccess: () => say('It is open again.') },
            )
          }
        >
          Take it from the schedule
        </button>
      </section>
    )
  }
  const waits = needsApproval && draft.approval === null
  const isReady = draft.changes.length > 0 && draft.problems.length === 0 && !draft.outdated
  const submit = () => {
    if (waits) act.mutate({ what: 'approve', body: { why } }, { onSuccess: () => say('Approved.') })
    else if (timing === 'now')
      publish.mutate(undefined, {
        onSuccess({ number }) {
          say(`Version ${number} rules now.`)
          go(`/versions/${number}`)
        },
      })
    else
      act.mutate(
        { what: 'schedule', body: { why, at: fromLocal(at, zone) } },
        { onSuccess: () => say('It is on the schedule.') },
      )
  }
  return (
    <form
      className="decide"
      aria-label="Publish"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <h2>{waits ? 'Approve' : 'Publish'}</h2>
      {waits && (
        <p>
          A second person approves what somebody else has written, {person.name}; then it can be published.
        </p>
      )}
      {draft.approval && (
        <p>
          {draft.approval.by.name} approved it, {when(draft.approval.at)}.
        </p>
      )}
      <FirstOf problems={[publish.error, act.error]} />
      <AreaField
        label="Why?"
        help="Stands beside the version for whoever asks later."
        value={why}
        maxLength={500}
        optional
        onChange={setWhy}
      />
      {!waits && (
        <RadioField
          label="When"
          value={timing}
          options={[
            { value: 'now', label: 'Now' },
            { value: 'later', label: 'At a time' },
          ]}
          onChange={setTiming}
        />
      )}
      {!waits && timing === 'later' && (
        <TextField label={`At (${zone})`} type="datetime-local" required value={at} onChange={setAt} />
      )}
      <button type="submit" className="primary" disabled={!isReady || publish.isPending || act.isPending}>
        {waits
          ? 'Approve'
          : timing === 'now'
            ? publish.isPending
              ? 'Publishing …'
              : 'Publish now'
            : 'Schedule'}
      </button>
      <p className="help">
        It rules everywhere within two seconds, and can be rolled back with one click. What it newly sells is
        made in Stripe first.
      </p>
    </form>
  )
}

function Aside({ children }: { children: string }) {
  return (
    <aside className="decide">
      <p>{children}</p>
    </aside>
  )
}

function FirstOf({ problems }: { problems: readonly (ApiProblem | null)[] }) {
  return <Refusal of={problems.find((problem) => problem !== null) ?? null} />
}
