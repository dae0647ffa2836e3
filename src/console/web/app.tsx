import { lazy, Suspense, useRef } from 'react'
import { Redirect, Route, Switch, useLocation } from 'wouter'
import { SessionContext, useApi } from './hooks.ts'
import { NewPasswordPage, SetUpPage } from './pages/mailed-link.tsx'
import { SignInPage } from './pages/sign-in.tsx'
import type { Person, Session } from './types.ts'
import { Loading, Notice, Refusal } from './ui/notice.tsx'
import { Shell } from './ui/shell.tsx'

const DraftsPage = lazy(() => import('./pages/drafts.tsx'))
const DraftPage = lazy(() => import('./pages/draft.tsx'))
const EntryPage = lazy(() => import('./pages/entry.tsx'))
const PublishPage = lazy(() => import('./pages/publish.tsx'))
const TryPage = lazy(() => import('./pages/try.tsx'))
const VersionsPage = lazy(() => import('./pages/versions.tsx'))
const VersionPage = lazy(() => import('./pages/version.tsx'))
const JournalPage = lazy(() => import('./pages/journal.tsx'))
const WhyPage = lazy(() => import('./pages/why.tsx'))
const PeoplePage = lazy(() => import('./pages/people.tsx'))
const KeysPage = lazy(() => import('./pages/keys.tsx'))
const AccountPage = lazy(() => import('./pages/account.tsx'))
const FiguresPage = lazy(() => import('./pages/figures.tsx'))
const ExperimentsPage = lazy(() => import('./pages/experiments.tsx'))
const ExperimentPage = lazy(() => import('./pages/experiment.tsx'))
const SoldPage = lazy(() => import('./pages/sold.tsx'))

/** The console: the pages of those who are signed in, and how to become one of them. */
export function App() {
  const session = useApi<Session>('session', { refreshMs: 60_000 })
  const [location] = useLocation()
  /** Who was signed in when this page was opened: what they have written stays when their session ends. */
  const known = useRef<Person | null>(null)
  if (session.data === undefined) {
    return <main className="alone">{session.error ? <Refusal of={session.error} /> : <Loading />}</main>
  }
  if (location === '/set-up') return <SetUpPage />
  if (location === '/invitation' || location === '/password') return <NewPasswordPage />
  known.current = session.data.person ?? known.current
  const person = known.current
  if (person === null) return <SignInPage session={session.data} />
  return (
    <SessionContext value={{ ...session.data, person }}>
      <Shell>
        {session.data.person === null && <SessionEnded />}
        <Suspense fallback={<Loading />}>
          <Switch>
            <Route path="/" component={FiguresPage} />
            <Route path="/drafts" component={DraftsPage} />
            <Route path="/drafts/:draft">{({ draft }) => <DraftPage id={draft} />}</Route>
            <Route path="/drafts/:draft/publish">{({ draft }) => <PublishPage id={draft} />}</Route>
            <Route path="/drafts/:draft/try">{({ draft }) => <TryPage id={draft} />}</Route>
            <Route path="/drafts/:draft/:kind/:key?">
              {({ draft, kind, key }) => (
                <EntryPage
                  key={`${kind}/${key}`}
                  draft={draft}
                  kind={kind}
                  entryKey={key === undefined ? null : decodeURIComponent(key)}
                />
              )}
            </Route>
            <Route path="/versions" component={VersionsPage} />
            <Route path="/versions/:version">
              {({ version }) => <VersionPage number={Number(version)} />}
            </Route>
            <Route path="/journal" component={JournalPage} />
            <Route path="/experiments" component={ExperimentsPage} />
            <Route path="/experiments/:site/:experiment">
              {({ site, experiment }) => <ExperimentPage site={site} experiment={experiment} />}
            </Route>
            <Route path="/why" component={WhyPage} />
            <Route path="/sold" component={SoldPage} />
            <Route path="/people" component={PeoplePage} />
            <Route path="/keys" component={KeysPage} />
            <Route path="/account" component={AccountPage} />
            <Route path="/sign-in">
              <Redirect to="/" />
            </Route>
            <Route>
              <h1>There is nothing here</h1>
              <p>The address may be old, or mistyped. The menu leads to every page.</p>
            </Route>
          </Switch>
        </Suspense>
      </Shell>
    </SessionContext>
  )
}

function SessionEnded() {
  return (
    <Notice tone="warn">
      <p role="alert">
        Your session has ended.{' '}
        <a href="/console/sign-in" target="_blank" rel="noreferrer">
          Sign in in another tab
        </a>{' '}
        and come back: what you have written here stays. If you cannot sign in any more, ask an admin.
      </p>
    </Notice>
  )
}
