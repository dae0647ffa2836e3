import { useId, useState } from 'react'
import { address, put, remove } from '../api.ts'
import { useAction, useApi, useSession } from '../hooks.ts'
import { when } from '../time.ts'
import { TextField } from '../ui/field.tsx'
import { Loading, Refusal } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { useToast } from '../ui/toast.tsx'

type OwnSession = { id: string; current: boolean; startedAt: string; seenAt: string; userAgent: string }

/** Where I am signed in, and my password. */
export default function AccountPage() {
  const { person } = useSession()
  const { data, error } = useApi<{ sessions: OwnSession[] }>('sessions')
  const end = useAction((id: string) => remove(address('sessions', id)))
  return (
    <>
      <PageHead title="My account" lead={`${person.name}, ${person.email}. Role: ${person.role}.`} />
      <h2>Where I am signed in</h2>
      <Refusal of={error ?? end.error} />
      {!data && !error && <Loading />}
      <ul className="rows">
        {data?.sessions.map((session) => (
          <SessionRow key={session.id} of={session} onEnd={() => end.mutate(session.id)} />
        ))}
      </ul>
      <NewPassword hasPassword={person.hasPassword} />
    </>
  )
}

function SessionRow({ of, onEnd }: { of: OwnSession; onEnd: () => void }) {
  const name = useId()
  const { current, startedAt, seenAt, userAgent } = of
  return (
    <li className="row-item">
      <div id={name}>
        <p className="name">
          {deviceOf(userAgent)} {current && <span className="tag good">this one</span>}
        </p>
        <p className="meta">
          Since {when(startedAt)}, last seen {when(seenAt)}
        </p>
      </div>
      {!current && (
        <button type="button" aria-describedby={name} onClick={onEnd}>
          Sign out there
        </button>
      )}
    </li>
  )
}

function NewPassword({ hasPassword }: { hasPassword: boolean }) {
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const say = useToast()
  const change = useAction(() => put('password', { ...(hasPassword && { current }), password }))
  const errorAt = (field: string) => {
    const expected = change.error?.errors.find((error) => error.field === field)?.expected
    return expected && `Expected ${expected}.`
  }
  return (
    <form
      className="narrow"
      onSubmit={(event) => {
        event.preventDefault()
        change.mutate(undefined, {
          onSuccess() {
            setCurrent('')
            setPassword('')
            say('The password is changed. All other sessions have ended.')
          },
        })
      }}
    >
      <h2>{hasPassword ? 'Change my password' : 'Set a password'}</h2>
      <Refusal of={change.error} atFields />
      {hasPassword && (
        <TextField
          label="Present password"
          type="password"
          autoComplete="current-password"
          required
          value={current}
          onChange={setCurrent}
          error={errorAt('current')}
        />
      )}
      <TextField
        label="New password"
        type="password"
        autoComplete="new-password"
        required
        value={password}
        onChange={setPassword}
        help="At least 12 characters. All other sessions end."
        error={errorAt('password')}
      />
      <button type="submit" className="primary" disabled={change.isPending}>
        Change it
      </button>
    </form>
  )
}

/** `Firefox on Linux`, as far as the browser says. */
function deviceOf(userAgent: string): string {
  const browser = ['Edg', 'Firefox', 'Chrome', 'Safari'].find((name) => userAgent.includes(name))
  const system = ['Windows', 'Android', 'iPhone', 'iPad', 'Mac OS', 'Linux'].find((name) =>
    userAgent.includes(name),
  )
  return [browser?.replace('Edg', 'Edge') ?? 'A browser', system && `on ${system}`].filter(Boolean).join(' ')
}
