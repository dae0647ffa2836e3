import { Link } from 'wouter'
import { address } from '../api.ts'
import { useApi } from '../hooks.ts'
import { Empty, Loading, Refusal } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { count } from '../words.ts'

export type Listed = {
  id: string
  site: string
  hypothesis: string
  status: 'running' | 'ended'
  readersWanted: number
  mostStopped: number | null
  groups: { id: string; share: number }[]
}

/** The experiments of the version that rules. */
export default function ExperimentsPage() {
  const { data, error } = useApi<{ experiments: Listed[] }>('experiments')
  return (
    <>
      <PageHead
        title="Experiments"
        lead="Readers in groups that meet different rules, so that what they then do can be compared."
      />
      <Refusal of={error} />
      {!data && !error && <Loading />}
      {data?.experiments.length === 0 && (
        <Empty title="No experiments yet">
          <p>
            An experiment is written in a draft, like an offer or a meter.{' '}
            <Link href="/drafts">To the drafts</Link>
          </p>
        </Empty>
      )}
      <ul className="cards">
        {data?.experiments.map(({ id, site, hypothesis, status, groups }) => (
          <li key={`${site}/${id}`}>
            <Link href={`/experiments/${address(site, id)}`}>{id}</Link>
            <p className="tags">
              <span className={status === 'running' ? 'tag good' : 'tag'}>{status}</span>
            </p>
            <p>{hypothesis}</p>
            <p className="meta">
              {count(groups.length, 'group')}:{' '}
              {groups.map((group) => `${group.id} ${group.share} %`).join(', ')}
            </p>
          </li>
        ))}
      </ul>
    </>
  )
}
