import { useState } from 'react'
import type { ApiProblem } from '../api.ts'
import { isRecord } from '../form/variants.ts'
import type { Values } from '../types.ts'
import { RadioField } from '../ui/field.tsx'
import { labelOf, oneOf } from '../words.ts'

type Conflict = { kind: string; key: string; mine: Values | null; theirs: Values | null }

export function conflictsOf(problem: ApiProblem | null): Conflict[] | null {
  const conflicts = problem?.code === 'conflicting_changes' ? problem.more.conflicts : null
  if (!Array.isArray(conflicts)) return null
  return conflicts.filter(isRecord).map(({ kind, key, mine, theirs }) => ({
    kind: String(kind),
    key: String(key),
    mine: isRecord(mine) ? mine : null,
    theirs: isRecord(theirs) ? theirs : null,
  }))
}

/** Where two drafts have changed the same entry: which one is to be. */
export function Conflicts({
  conflicts,
  onChosen,
}: {
  conflicts: readonly Conflict[]
  onChosen: (choices: Record<string, 'mine' | 'theirs'>) => void
}) {
  const [choices, setChoices] = useState<Record<string, 'mine' | 'theirs'>>({})
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        onChosen(choices)
      }}
    >
      <p>Both have changed the same. Choose for each; the journal keeps what is not chosen.</p>
      {conflicts.map(({ kind, key, mine, theirs }) => (
        <div key={`${kind}/${key}`}>
          <RadioField
            label={`${labelOf(oneOf(kind))} ${key}`}
            value={choices[`${kind}/${key}`] ?? ''}
            options={[
              { value: 'mine', label: `This draft: ${differences(mine, theirs)}` },
              { value: 'theirs', label: `Published: ${differences(theirs, mine)}` },
            ]}
            onChange={(whose) =>
              setChoices({ ...choices, [`${kind}/${key}`]: whose === 'mine' ? 'mine' : 'theirs' })
            }
          />
        </div>
      ))}
      <button type="submit" disabled={Object.keys(choices).length < conflicts.length}>
        Bring up to date
      </button>
    </form>
  )
}

function differences(one: Values | null, other: Values | null): string {
  if (one === null) return 'removed'
  const fields = Object.keys(one).filter(
    (field) => JSON.stringify(one[field]) !== JSON.stringify(other?.[field]),
  )
  return fields.map((field) => `${labelOf(field)} ${JSON.stringify(one[field])}`).join(', ') || 'as it was'
}
