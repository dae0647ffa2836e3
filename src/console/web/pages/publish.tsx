import { Link } from 'wouter'
import { address, post } from '../api.ts'
import { useAction, useDraft } from '../hooks.ts'
import type { Draft } from '../types.ts'
import { Empty, Loading, Notice, Refusal } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { useToast } from '../ui/toast.tsx'
import { manyOf } from '../words.ts'
import { Changes } from './changes.tsx'
import { Conflicts, conflictsOf } from './conflicts.tsx'
import { Decide } from './decide.tsx'

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
