import { useId, useState } from 'react'
import { address, post, put } from '../api.ts'
import { useAction, useApi, useMay, useSession } from '../hooks.ts'
import type { Person, Role } from '../types.ts'
import { Ask, AskActions } from '../ui/dialog.tsx'
import { RadioField, SelectField, TextField } from '../ui/field.tsx'
import { Loading, Refusal } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { useToast } from '../ui/toast.tsx'
import { roleWords } from '../words.ts'

const roles = Object.keys(roleWords)

/** Who may work here, and what they may do. */
export default function PeoplePage() {
  const { data, error } = useApi<{ people: Person[] }>('people')
  const isAdmin = useMay('admin')
  const [isInviting, setInviting] = useState(false)
  return (
    <>
      <PageHead title="People" lead="Who may work here, and what they may do.">
        {isAdmin && (
          <button type="button" className="primary" onClick={() => setInviting(true)}>
            Invite somebody
          </button>
        )}
      </PageHead>
      <Refusal of={error} />
      {!data && !error && <Loading />}
      <ul className="rows">
        {data?.people.map((person) => (
          <PersonRow key={person.id} person={person} isAdmin={isAdmin} />
        ))}
      </ul>
      {isInviting && <Invite onClose={() => setInviting(false)} />}
    </>
  )
}

function PersonRow({ person, isAdmin }: { person: Person; isAdmin: boolean }) {
  const me = useSession().person
  const say = useToast()
  const name = useId()
  const at = address('people', person.id)
  const act = useAction((todo: () => Promise<unknown>) => todo())
  const change = (changed: Partial<Person>, words: string) => {
    const before = { role: person.role, ...(person.status !== 'invited' && { status: person.status }) }
    act.mutate(() => put(at, changed), {
      onSuccess: () => say(words, () => act.mutate(() => put(at, before))),
    })
  }
  return (
    <li className="row-item">
      <div>
        <p className="name">
          <span id={name}>{person.name}</span>
          {person.id === me.id && <span className="tag">you</span>}
          {person.status !== 'active' && (
            <span className={person.status === 'invited' ? 'tag warn' : 'tag bad'}>{person.status}</span>
          )}
        </p>
        <p className="meta">
          {person.email} ·{' '}
          {person.hasSingleSignOn
            ? 'signs in with the organisation'
            : person.hasPassword
              ? 'signs in with a password'
              : 'has not signed in yet'}
        </p>
        <Refusal of={act.error} />
      </div>
      {isAdmin ? (
        <div className="actions">
          <SelectField
            label={`Role of ${person.name}`}
            value={person.role}
            options={roles.map((role) => ({ value: role, label: role }))}
            onChange={(role) => change({ role: role as Role }, `${person.name} is ${role} now.`)}
          />
          {person.status === 'invited' && (
            <button
              type="button"
              aria-describedby={name}
              onClick={() =>
                act.mutate(() => post(`${at}/invitation`), {
                  onSuccess: () => say('The invitation is on its way again.'),
                })
              }
            >
              Invite again
            </button>
          )}
          {person.status === 'active' && person.id !== me.id && (
            <button
              type="button"
              aria-describedby={name}
              onClick={() =>
                act.mutate(() => post(`${at}/end-sessions`), {
                  onSuccess: () => say(`${person.name} is signed out everywhere.`),
                })
              }
            >
              Sign out everywhere
            </button>
          )}
          {person.id !== me.id && person.status !== 'invited' && (
            <button
              type="button"
              aria-describedby={name}
              onClick={() =>
                person.status === 'active'
                  ? change({ status: 'disabled' }, `${person.name} cannot sign in any more.`)
                  : change({ status: 'active' }, `${person.name} can sign in again.`)
              }
            >
              {person.status === 'active' ? 'Disable' : 'Enable'}
            </button>
          )}
        </div>
      ) : (
        <p className="tag">{person.role}</p>
      )}
    </li>
  )
}

function Invite({ onClose }: { onClose: () => void }) {
  const [email, setEmail] = useState('')
  const [name, setName] = useState('')
  const [role, setRole] = useState('editor')
  const say = useToast()
  const invite = useAction(() => post<Person>('people', { email, name, role }))
  return (
    <Ask title="Invite somebody" isOpen onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          invite.mutate(undefined, {
            onSuccess() {
              say(`A mail to ${email} is on its way.`)
              onClose()
            },
          })
        }}
      >
        <Refusal of={invite.error} />
        <TextField label="Name" required value={name} onChange={setName} autoFocus />
        <TextField label="E-mail address" type="email" required value={email} onChange={setEmail} />
        <RadioField
          label="Role"
          value={role}
          help={roleWords[role]}
          options={roles.map((value) => ({ value, label: value }))}
          onChange={setRole}
        />
        <p className="help">The mail has a link that works once, for seven days.</p>
        <AskActions submit="Invite" isDisabled={invite.isPending} onClose={onClose} />
      </form>
    </Ask>
  )
}
