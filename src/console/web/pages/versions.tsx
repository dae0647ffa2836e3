import { Link } from 'wouter'
import { useApi } from '../hooks.ts'
import { when } from '../time.ts'
import type { Version } from '../types.ts'
import { Loading, Refusal } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'

/** What was published, the newest first. */
export default function VersionsPage() {
  const { data, error } = useApi<{ versions: Version[] }>('versions')
  return (
    <>
      <PageHead
        title="Versions"
        lead="Everything that was ever published. The first one rules; nothing is overwritten."
      />
      <Refusal of={error} />
      {!data && !error && <Loading />}
      <ol className="rows" reversed>
        {data?.versions.map((version, index) => (
          <li className="row-item" key={version.number}>
            <div>
              <p className="name">
                <Link href={`/versions/${version.number}`}>Version {version.number}</Link>
                {index === 0 && <span className="tag good">rules now</span>}
                {version.restores !== null && <span className="tag">back to {version.restores}</span>}
              </p>
              <p>{version.why || <span className="meta">No reason was given.</span>}</p>
              <p className="meta">{whoAndWhen(version)}</p>
            </div>
          </li>
        ))}
      </ol>
    </>
  )
}

export function whoAndWhen({ by, approvedBy, publishedAt }: Version): string {
  const approved = approvedBy ? `, approved by ${approvedBy.name}` : ''
  return `${by?.name ?? 'The installation'}${approved}, ${when(publishedAt)}`
}
