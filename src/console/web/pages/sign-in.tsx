import { useState } from 'react'
import { Link, useLocation, useSearch } from 'wouter'
import { post } from '../api.ts'
import { useAction } from '../hooks.ts'
import type { Session } from '../types.ts'
import { TextField } from '../ui/field.tsx'
import { Notice, Refusal } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'

const problems: Record<string, string> = {
  sign_in_unavailable:
    'Your organisation’s sign-in cannot be reached. Try again in a moment, or sign in with your password.',
  forbidden: 'Your organisation knows you, but you may not work here. Ask an admin to let you in.',
}

/** For everybody who is not signed in. */
export function SignInPage({ session }: { session: Session }) {
  const [location] = useLocation()
  const problem = new URLSearchParams(useSearch()).get('problem')
  if (location === '/forgotten') return <ForgottenPage />
  return (
    <main className="alone">
      <PageHead over="Newsrack console" title="Sign in" />
      {session.needsSetUp && (
        <Notice>
          <p>
            Nobody may work here yet. The service printed a link when it started; it makes the first admin.
          </p>
        </Notice>
      )}
      {problem && (
        <Notice tone="bad">
          <p>{problems[problem] ?? 'Signing in with your organisation did not work. Please try again.'}</p>
        </Notice>
      )}
      <PasswordForm />
      {session.singleSignOn && (
        <p>
          <a className="button" href="/v1/console/sign-in/oidc">
            Sign in with your organisation
          </a>
        </p>
      )}
    </main>
  )
}

function PasswordForm() {
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const signIn = useAction(() => post('sign-in', { email, password }))
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        signIn.mutate(undefined)
      }}
    >
      <Refusal of={signIn.error} />
      <TextField
        label="E-mail address"
        type="email"
        autoComplete="username"
        required
        value={email}
        onChange={setEmail}
      />
      <TextField
        label="Password"
        type="password"
        autoComplete="current-password"
        required
        value={password}
        onChange={setPassword}
      />
      <div className="actions">
        <button type="submit" className="primary" disabled={signIn.isPending}>
          {signIn.isPending ? 'Signing in …' : 'Sign in'}
        </button>
        <Link href="/forgotten">Forgotten your password?</Link>
      </div>
    </form>
  )
}

function ForgottenPage() {
  const [email, setEmail] = useState('')
  const ask = useAction(() => post('forgotten-password', { email }))
  return (
    <main className="alone">
      <PageHead over="Newsrack console" title="A new password" lead="We mail you a link that sets one." />
      {ask.isSuccess ? (
        <Notice tone="good">
          <p>If {email} may work here, a mail is on its way. Its link works for an hour, once.</p>
        </Notice>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            ask.mutate(undefined)
          }}
        >
          <Refusal of={ask.error} />
          <TextField
            label="E-mail address"
            type="email"
            autoComplete="username"
            required
            value={email}
            onChange={setEmail}
          />
          <button type="submit" className="primary" disabled={ask.isPending}>
            Mail me a link
          </button>
        </form>
      )}
      <p>
        <Link href="/sign-in">Back to signing in</Link>
      </p>
    </main>
  )
}
