import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import { address, post } from '../api.ts'
import { useAction, useApi, useMay } from '../hooks.ts'
import type { Change, Version } from '../types.ts'
import { Ask } from '../ui/dialog.tsx'
import { AreaField } from '../ui/field.tsx'
import { Empty, Loading, Refusal } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { useToast } from '../ui/toast.tsx'
import { Changes } from './changes.tsx'
import { whoAndWhen } from './versions.tsx'

/** One version: what it changed, by whom and why; and the way back to it. */
export default function VersionPage({ number }: { number: number }) {
  const version = useApi<Version>(address('versions', number))
  const changed = useApi<{ changes: Change[]; since: number }>(`${address('versions', number)}/changes`)
  const current = useApi<Version>('versions/current')
  const mayPublish = useMay('publisher')
  const [isAsking, setAsking] = useState(false)
  const problem = version.error ?? changed.error
  if (problem !== null) return <Refusal of={problem} />
  if (!version.data || !changed.data) return <Loading />
  const rules = current.data?.number === number
  return (
    <>
      <PageHead
        over={<Link href="/versions">Versions</Link>}
        title={`Version ${number}`}
        lead={whoAndWhen(version.data)}
      >
        {mayPublish && current.data && !rules && (
          <button type="button" className="primary" onClick={() => setAsking(true)}>
            Roll back to this
          </button>
        )}
      </PageHead>
      {rules && (
        <p>
          <span className="tag good">rules now</span>
        </p>
      )}
      {version.data.why && <blockquote>{version.data.why}</blockquote>}
      <h2>
        {changed.data.since === 0
          ? 'What it began with'
          : `What it changed since version ${changed.data.since}`}
      </h2>
      {changed.data.changes.length === 0 ? (
        <Empty title="Nothing">
          <p>It says the same.</p>
        </Empty>
      ) : (
        <Changes changes={changed.data.changes} />
      )}
      {isAsking && <RollBack number={number} onClose={() => setAsking(false)} />}
    </>
  )
}

function RollBack({ number, onClose }: { number: number; onClose: () => void }) {
  const [why, setWhy] = useState('')
  const [, go] = useLocation()
  const say = useToast()
  const changes = useApi<{ changes: Change[] }>(`versions/current/changes?since=${number}`)
  const restore = useAction(() => post<Version>(`${address('versions', number)}/restore`, { why }))
  return (
    <Ask title={`Back to version ${number}?`} isOpen onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          restore.mutate(undefined, {
            onSuccess(made) {
              say(`Version ${made.number} rules now.`)
              go(`/versions/${made.number}`)
            },
          })
        }}
      >
        <p>
          What it says is published again, as a new version, at once. This is taken back, and stays in the
          list:
        </p>
        {changes.data && <Changes changes={changes.data.changes} />}
        <Refusal of={restore.error} />
        <AreaField label="Why?" optional value={why} maxLength={500} onChange={setWhy} />
        <div className="actions">
          <button type="submit" className="primary" disabled={restore.isPending}>
            Roll back
          </button>
          <button type="button" onClick={onClose}>
            Leave it
          </button>
        </div>
      </form>
    </Ask>
  )
}
