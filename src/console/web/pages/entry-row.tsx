import { useState } from 'react'
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { Link } from 'wouter'
import { address, post, remove } from '../api.ts'
import { summaryOf } from '../form/summary.ts'
import { useAction } from '../hooks.ts'
import type { Entry } from '../types.ts'
import { Ask, AskActions } from '../ui/dialog.tsx'
import { TextField } from '../ui/field.tsx'
import { Refusal } from '../ui/notice.tsx'
import { useToast } from '../ui/toast.tsx'
import { manyOf, oneOf } from '../words.ts'

type Props = { draft: string; entry: Entry; siblings: readonly Entry[]; mayEdit: boolean; showsKind: boolean }

/** An entry in the list of its kind, and what can be done with it. */
export function EntryRow({ draft, entry, siblings, mayEdit, showsKind }: Props) {
  const { kind, key, title, archived, change, problems } = entry
  return (
    <li className={archived ? 'row-item archived' : 'row-item'}>
      <div>
        <p className="name">
          {archived ? (
            title
          ) : (
            <Link href={`/drafts/${draft}/${kind}/${encodeURIComponent(key)}`}>{title}</Link>
          )}
          {showsKind && <span className="tag">{manyOf(kind)}</span>}
          {change && <span className="tag good">{change}</span>}
          {archived && <span className="tag">archived</span>}
          {problems.length > 0 && <span className="tag bad">has a problem</span>}
        </p>
        <p className="meta">{summaryOf(entry, siblings)}</p>
        {problems.map(({ field, message }) => (
          <p className="error" key={`${field}/${message}`}>
            {[field, message].filter(Boolean).join(': ')}
          </p>
        ))}
      </div>
      {mayEdit && <Actions {...{ draft, entry, siblings }} />}
    </li>
  )
}

function Actions({ draft, entry, siblings }: Omit<Props, 'mayEdit' | 'showsKind'>) {
  const { kind, key, etag, archived, title } = entry
  const [isCopying, setCopying] = useState(false)
  const say = useToast()
  const base = `${address('drafts', draft)}/entries/${address(kind)}`
  const at = `${base}/${address(key)}`
  const own = siblings.filter((one) => one.kind === kind && !one.archived)
  const index = own.findIndex((one) => one.key === key)
  const act = useAction((todo: () => Promise<unknown>) => todo())
  const restore = () => act.mutate(() => post(`${at}/restore`, {}))
  const move = (before: string | null) => act.mutate(() => post(`${at}/move`, { before }))

  function choose(action: string | number) {
    if (action === 'copy') setCopying(true)
    if (action === 'restore') restore()
    if (action === 'up') move(own[index - 1]?.key ?? null)
    if (action === 'down') move(own[index + 2]?.key ?? null)
    if (action === 'archive') {
      act.mutate(() => post(`${at}/archive`, { etag }), {
        onSuccess: () => say(`“${title}” is archived.`, restore),
      })
    }
    if (action === 'remove') {
      const putBack = () =>
        act.mutate(() => post(base, { entry: entry.entry, before: own[index + 1]?.key ?? null }))
      act.mutate(() => remove(`${at}?etag=${encodeURIComponent(etag)}`), {
        onSuccess: () => say(`“${title}” is removed.`, putBack),
      })
    }
  }

  const items = archived
    ? [{ id: 'restore', words: 'Restore' }]
    : [
        ...(kind === 'walls' ? [] : [{ id: 'copy', words: 'Duplicate' }]),
        ...(index > 0 ? [{ id: 'up', words: 'Move up' }] : []),
        ...(index < own.length - 1 ? [{ id: 'down', words: 'Move down' }] : []),
        { id: 'archive', words: 'Archive' },
        { id: 'remove', words: 'Remove' },
      ]
  return (
    <div>
      <MenuTrigger>
        <Button className="quiet" aria-label={`What to do with ${title}`}>
          •••
        </Button>
        <Popover className="popover" placement="bottom end">
          <Menu onAction={choose} items={items} aria-label={`What to do with ${title}`}>
            {(item) => <MenuItem id={item.id}>{item.words}</MenuItem>}
          </Menu>
        </Popover>
      </MenuTrigger>
      <Refusal of={act.error} />
      {isCopying && (
        <Duplicate {...{ at, kind }} name={String(entry.entry.id)} onClose={() => setCopying(false)} />
      )}
    </div>
  )
}

function Duplicate({
  at,
  kind,
  name,
  onClose,
}: {
  at: string
  kind: string
  name: string
  onClose: () => void
}) {
  const [id, setId] = useState(`${name}-copy`.slice(0, 40))
  const copy = useAction(() => post(`${at}/duplicate`, { id }))
  return (
    <Ask title={`Duplicate the ${oneOf(kind)}`} isOpen onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          copy.mutate(undefined, { onSuccess: onClose })
        }}
      >
        <Refusal of={copy.error} />
        <TextField
          label="Name in addresses"
          help="Small letters, digits and hyphens."
          required
          value={id}
          onChange={setId}
          autoFocus
        />
        <AskActions submit="Duplicate" isDisabled={copy.isPending} onClose={onClose} />
      </form>
    </Ask>
  )
}
