import { useId, useState } from 'react'
import { address, post, remove } from '../api.ts'
import { useAction, useApi, useSites } from '../hooks.ts'
import { when } from '../time.ts'
import type { Key } from '../types.ts'
import { Ask, AskActions } from '../ui/dialog.tsx'
import { CheckField, SelectField, TextField } from '../ui/field.tsx'
import { Empty, Loading, Notice, Refusal } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'

const scopes: readonly { scope: string; label: string; help: string }[] = [
  {
    scope: 'views',
    label: 'Ask for readers',
    help: 'A publisher’s server asks and counts on behalf of its readers.',
  },
  { scope: 'import', label: 'Import views', help: 'Counts views of the past, such as of a log.' },
  { scope: 'console.view', label: 'Look at the console', help: 'What a viewer may.' },
  { scope: 'console.edit', label: 'Write drafts', help: 'What an editor may.' },
  { scope: 'console.publish', label: 'Publish', help: 'What a publisher may.' },
]

/** Keys for scripts and for publishers' servers. */
export default function KeysPage() {
  const { data, error } = useApi<{ keys: Key[] }>('keys')
  const [isMaking, setMaking] = useState(false)
  // Those that open something first, each part in the order of the answer.
  const keys = data?.keys.toSorted(
    (one, other) => Number(one.endedAt !== null) - Number(other.endedAt !== null),
  )
  return (
    <>
      <PageHead title="Keys" lead="For your servers and scripts. A key is told once and kept as a hash.">
        <button type="button" className="primary" onClick={() => setMaking(true)}>
          New key
        </button>
      </PageHead>
      <Refusal of={error} />
      {!data && !error && <Loading />}
      {keys?.length === 0 && (
        <Empty title="No keys yet">
          <p>Make one for each server or script, so that each can be ended by itself.</p>
        </Empty>
      )}
      <ul className="rows">
        {keys?.map((key) => (
          <KeyRow key={key.id} of={key} />
        ))}
      </ul>
      {isMaking && <NewKey onClose={() => setMaking(false)} />}
    </>
  )
}

function KeyRow({ of: key }: { of: Key }) {
  const [isEnding, setEnding] = useState(false)
  const name = useId()
  const site = useSites().find(({ id }) => id === key.site)
  const may = key.scopes.map((one) => scopes.find(({ scope }) => scope === one)?.label ?? one)
  const end = useAction(() => remove(address('keys', key.id)))
  return (
    <li className={key.endedAt ? 'row-item archived' : 'row-item'}>
      <div>
        <p className="name">
          <span id={name}>{key.name}</span>{' '}
          {key.endedAt && <span className="tag">ended {when(key.endedAt)}</span>}
        </p>
        <p className="meta">
          {[site?.name ?? key.site, may.join(', '), `${key.createdBy.name} made it, ${when(key.createdAt)}`]
            .filter(Boolean)
            .join(' · ')}
        </p>
        <Refusal of={end.error} />
      </div>
      {!key.endedAt && (
        <button type="button" aria-describedby={name} onClick={() => setEnding(true)}>
          End
        </button>
      )}
      {isEnding && (
        <Ask title={`End “${key.name}”?`} isOpen onClose={() => setEnding(false)}>
          <p>Within two seconds nothing takes it any more. This cannot be undone.</p>
          <div className="actions">
            <button
              type="button"
              className="primary"
              onClick={() => end.mutate(undefined, { onSettled: () => setEnding(false) })}
            >
              End the key
            </button>
            <button type="button" onClick={() => setEnding(false)}>
              Keep it
            </button>
          </div>
        </Ask>
      )}
    </li>
  )
}

function NewKey({ onClose }: { onClose: () => void }) {
  const sites = useSites()
  const [name, setName] = useState('')
  const [site, setSite] = useState('')
  const [chosen, setChosen] = useState<string[]>([])
  const make = useAction(() =>
    post<Key & { key: string }>('keys', { name, ...(site !== '' && { site }), scopes: chosen }),
  )
  if (make.data) {
    return (
      <Ask title="The key" isOpen onClose={onClose}>
        <Notice tone="warn">
          <p>It is told this once. Copy it to where it is needed.</p>
        </Notice>
        <p>
          <code className="secret">{make.data.key}</code>
        </p>
        <div className="actions">
          <button type="button" onClick={() => navigator.clipboard.writeText(make.data.key)}>
            Copy
          </button>
          <button type="button" className="primary" onClick={onClose}>
            I have it
          </button>
        </div>
      </Ask>
    )
  }
  return (
    <Ask title="New key" isOpen onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          make.mutate(undefined)
        }}
      >
        <Refusal of={make.error} />
        <TextField
          label="What is it for?"
          required
          maxLength={80}
          value={name}
          onChange={setName}
          autoFocus
        />
        <SelectField
          label="Site"
          value={site}
          onChange={setSite}
          options={[
            { value: '', label: 'None' },
            ...sites.map(({ id, name: words }) => ({ value: id, label: words })),
          ]}
          help="Needed to ask for readers and to import."
        />
        {scopes.map(({ scope, label, help }) => (
          <CheckField
            key={scope}
            label={label}
            help={help}
            checked={chosen.includes(scope)}
            onChange={(checked) =>
              setChosen(checked ? [...chosen, scope] : chosen.filter((other) => other !== scope))
            }
          />
        ))}
        <AskActions
          submit="Make the key"
          isDisabled={make.isPending || chosen.length === 0}
          onClose={onClose}
        />
      </form>
    </Ask>
  )
}
