import type { Values } from '../types.ts'
import { Scroll } from '../ui/scroll.tsx'
import { labelOf } from '../words.ts'

/** For whoever comes second: both versions, where they differ, and nothing lost. */
export function TwoEditors({
  mine,
  theirs,
  onMine,
  onTheirs,
}: {
  mine: Values
  theirs: Values
  onMine: () => void
  onTheirs: () => void
}) {
  const fields = [...new Set([...Object.keys(mine), ...Object.keys(theirs)])]
  const different = fields.filter((field) => JSON.stringify(mine[field]) !== JSON.stringify(theirs[field]))
  return (
    <div className="notice warn" role="alert">
      <p>
        <strong>Somebody else has changed this meanwhile.</strong> Nothing is lost: compare, then choose. The
        journal keeps both.
      </p>
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
            {different.map((field) => (
              <tr key={field}>
                <th scope="row">{labelOf(field)}</th>
                <td>{shown(mine[field])}</td>
                <td>{shown(theirs[field])}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
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

function shown(value: unknown): string {
  if (value === undefined) return '—'
  if (typeof value !== 'object' || value === null) return String(value)
  return Object.entries(value)
    .map(([name, part]) => `${labelOf(name)}: ${shown(part)}`)
    .join(', ')
}
