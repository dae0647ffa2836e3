import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { type ApiProblem, post } from '../api.ts'
import { useAction } from '../hooks.ts'
import { TextField } from '../ui/field.tsx'
import { Loading, Refusal } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'

/** The token stands behind #, where no server's log has it. */
function tokenOfAddress(): string {
  return location.hash.slice(1)
}

const passwordHelp = 'At least 12 characters. A few unrelated words are easy to remember and hard to guess.'

/** By the link that the first start printed. */
export function SetUpPage() {
  const [token] = useState(tokenOfAddress)
  const [email, setEmail] = useState('')
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const [, go] = useLocation()
  const setUp = useEntrance(() => post('set-up', { token, email, name, password }))
  const errorAt = errorsOf(setUp.error)
  return (
    <main className="alone">
      <PageHead
        over="Newsrack console"
        title="Be the first admin"
        lead="You can invite everybody else then."
      />
      <form
        onSubmit={(event) => {
          event.preventDefault()
          setUp.mutate(undefined, { onSuccess: () => go('/', { replace: true }) })
        }}
      >
        <Refusal of={setUp.error} atFields />
        <TextField
          label="Your name"
          autoComplete="name"
          required
          value={name}
          onChange={setName}
          error={errorAt('name')}
        />
        <TextField
          label="E-mail address"
          type="email"
          autoComplete="username"
          required
          value={email}
          onChange={setEmail}
          error={errorAt('email')}
        />
        <TextField
          label="Password"
          type="password"
          autoComplete="new-password"
          required
          value={password}
          onChange={setPassword}
          help={passwordHelp}
          error={errorAt('password')}
        />
        <button type="submit" className="primary" disabled={setUp.isPending}>
          Begin
        </button>
      </form>
    </main>
  )
}

/** By a mailed link: of an invitation, or of somebody who has forgotten their password. */
export function NewPasswordPage() {
  const [token] = useState(tokenOfAddress)
  const [password, setPassword] = useState('')
  const [, go] = useLocation()
  const link = useQuery<{ email: string; name: string; purpose: string }, ApiProblem>({
    queryKey: ['link'],
    queryFn: () => post('links/look', { token }),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const use = useEntrance(() => post('links/use', { token, password }))
  const errorAt = errorsOf(use.error)
  const isInvitation = link.data?.purpose !== 'password'
  return (
    <main className="alone">
      <PageHead over="Newsrack console" title={isInvitation ? 'Welcome' : 'A new password'} />
      {link.isPending && <Loading />}
      <Refusal of={link.error} />
      {link.data && (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            use.mutate(undefined, { onSuccess: () => go('/', { replace: true }) })
          }}
        >
          <p>
            {isInvitation
              ? `${link.data.name}, choose a password to begin.`
              : 'All other sessions end with the new password.'}
          </p>
          <Refusal of={use.error} atFields />
          <TextField
            label="E-mail address"
            autoComplete="username"
            readOnly
            value={link.data.email}
            onChange={() => {}}
          />
          <TextField
            label="New password"
            type="password"
            autoComplete="new-password"
            required
            value={password}
            onChange={setPassword}
            help={passwordHelp}
            error={errorAt('password')}
          />
          <button type="submit" className="primary" disabled={use.isPending}>
            {isInvitation ? 'Begin' : 'Set the password'}
          </button>
        </form>
      )}
    </main>
  )
}

/** What signs somebody in: it is done once the console knows who they are. */
function useEntrance(enter: () => Promise<unknown>) {
  const queries = useQueryClient()
  return useAction(async () => {
    await enter()
    await queries.invalidateQueries({ queryKey: ['session'] })
  })
}

/** What the API says about a field. */
function errorsOf(problem: ApiProblem | null): (field: string) => string | undefined {
  return (field) => {
    const expected = problem?.errors.find((error) => error.field === field)?.expected
    return expected && `Expected ${expected}.`
  }
}
