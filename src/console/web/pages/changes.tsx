import type { Change } from '../types.ts'
import { oneOf } from '../words.ts'

const verbs = { added: 'New', changed: 'Changed', removed: 'Removed', moved: 'Moved' }

/** What is different, in plain words. */
export function Changes({ changes }: { changes: readonly Change[] }) {
  return (
    <ul className="changes">
      {changes.map(({ kind, key, title, change, words }) => (
        <li key={`${kind}/${key}/${change}`} data-change={change}>
          <p>
            <span className="tag">{verbs[change]}</span> <strong>{title}</strong>{' '}
            <span className="meta">{oneOf(kind)}</span>
          </p>
          {words.length > 0 && (
            <ul>
              {words.map((word) => (
                <li key={word}>{word}</li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ul>
  )
}
