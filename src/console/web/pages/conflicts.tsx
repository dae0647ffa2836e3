import { useState } from 'react'
import type { ApiProblem } from '../api.ts'
import { isRecord } from '../form/variants.ts'
import { RadioField } from '../ui/field.tsx'
import { labelOf, oneOf } from '../words.ts'
import { type Difference, differencesIn } from './differences.ts'

type Side = 'mine' | 'theirs'
type Conflict = { kind: string; key: string; removedBy: Side | null; differences: Difference[] }

export function conflictsOf(problem: ApiProblem | null): Conflict[] | null {
  const conflicts = problem?.code === 'conflicting_changes' ? problem.more.conflicts : null
  if (!Array.isArray(conflicts)) return null
  return conflicts.filter(isRecord).map(({ kind, key, mine, theirs, differences }) => ({
    kind: String(kind),
    key: String(key),
    removedBy: mine === null ? 'mine' : theirs === null ? 'theirs' : null,
    differences: differencesIn(differences),
  }))
}

/** Where two drafts have changed the same entry: which one is to be. */
export function Conflicts({
  conflicts,
  onChosen,
}: {
  conflicts: readonly Conflict[]
  onChosen: (choices: Record<string, Side>) => void
}) {
  const [choices, setChoices] = useState<Record<string, Side>>({})
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        onChosen(choices)
      }}
    >
      <p>Both have changed the same. Choose for each; the journal keeps what is not chosen.</p>
      {conflicts.map((conflict) => {
        const name = `${conflict.kind}/${conflict.key}`
        return (
          <RadioField
            key={name}
            label={`${labelOf(oneOf(conflict.kind))} ${conflict.key}`}
            value={choices[name] ?? ''}
            options={[
              { value: 'mine', label: `This draft: ${saidBy('mine', conflict)}` },
              { value: 'theirs', label: `Published: ${saidBy('theirs', conflict)}` },
            ]}
            onChange={(whose) => setChoices({ ...choices, [name]: whose === 'mine' ? 'mine' : 'theirs' })}
          />
        )
      })}
      <button type="submit" disabled={Object.keys(choices).length < conflicts.length}>
        Bring up to date
      </button>
    </form>
  )
}

/** "regular price 17.99 USD, due every month" */
function saidBy(side: Side, { removedBy, differences }: Conflict): string {
  if (removedBy !== null) return removedBy === side ? 'removed' : 'changed'
  return differences.map((one) => `${one.field} ${one[side] ?? 'not set'}`).join(', ')
}
