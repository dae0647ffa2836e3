import { useInSight } from '../hooks.ts'
import { Scroll } from '../ui/scroll.tsx'
import { labelOf } from '../words.ts'
import type { Difference } from './differences.ts'

/** For whoever comes second: both versions, where they differ, and nothing lost. */
export function TwoEditors({
  differences,
  onMine,
  onTheirs,
}: {
  differences: readonly Difference[]
  onMine: () => void
  onTheirs: () => void
}) {
  const notice = useInSight<HTMLDivElement>(differences)
  return (
    <div className="notice warn" role="alert" ref={notice}>
      <p>
        <strong>Somebody else has changed this meanwhile.</strong> Nothing is lost: compare, then choose. The
        journal keeps both.
      </p>
      {differences.length === 0 ? (
        <p>Both of you have written the same.</p>
      ) : (
        <Scroll label="Both versions">
          <table>
            <thead>
              <tr>
                <th scope="col">Field</th>
                <th scope="col">Yours, not saved</th>
                <th scope="col">Theirs, saved</th>
              </tr>
            </thead>
            <tbody>
              {differences.map(({ field, mine, theirs }) => (
                <tr key={field}>
                  <th scope="row">{labelOf(field)}</th>
                  <td>{mine ?? <Unset />}</td>
                  <td>{theirs ?? <Unset />}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      <div className="actions">
        <button type="button" onClick={onTheirs}>
          Take theirs
        </button>
        <button type="button" onClick={onMine}>
          Save mine over theirs
        </button>
      </div>
    </div>
  )
}

function Unset() {
  return <span className="meta">not set</span>
}
