import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { post } from '../api.ts'
import { useSession } from '../hooks.ts'
import type { Role } from '../types.ts'
import { applyTheme, keptTheme, themes } from './theme.ts'

const pages: { to: string; name: string; group: string; only?: Role }[] = [
  { to: '/', name: 'Figures', group: 'See' },
  { to: '/experiments', name: 'Experiments', group: 'See' },
  { to: '/why', name: 'Why?', group: 'See' },
  { to: '/drafts', name: 'Drafts', group: 'Change' },
  { to: '/versions', name: 'Versions', group: 'Change' },
  { to: '/journal', name: 'Journal', group: 'Change' },
  { to: '/sold', name: 'In Stripe', group: 'Change' },
  { to: '/people', name: 'People', group: 'Desk' },
  { to: '/keys', name: 'Keys', group: 'Desk', only: 'admin' },
  { to: '/account', name: 'My account', group: 'Desk' },
]

/** What stands around every page. */
export function Shell({ children }: { children: ReactNode }) {
  const { person } = useSession()
  const [location] = useLocation()
  const [isOpen, setOpen] = useState(false)
  const content = useRef<HTMLElement>(null)
  const before = useRef(location)
  useEffect(() => {
    if (before.current === location) return
    before.current = location
    setOpen(false)
    window.scrollTo(0, 0)
    content.current?.focus({ preventScroll: true })
  }, [location])
  const shown = pages.filter(({ only }) => only === undefined || only === person.role)
  return (
    <div className="shell">
      <a className="skip" href="#content">
        Skip to the page
      </a>
      <header className="masthead">
        <Link href="/" className="brand">
          Newsrack
        </Link>
        <button
          type="button"
          className="menu-button"
          aria-expanded={isOpen}
          aria-controls="menu"
          onClick={() => setOpen(!isOpen)}
        >
          Menu
        </button>
        <nav id="menu" aria-label="Pages" data-open={isOpen}>
          {[...Map.groupBy(shown, ({ group }) => group)].map(([group, some]) => (
            <div className="group" key={group}>
              <p>{group}</p>
              <ul>
                {some.map(({ to, name }) => (
                  <li key={to}>
                    <Link href={to} aria-current={isAt(location, to) ? 'page' : undefined}>
                      {name}
                    </Link>
                  </li>
                ))}
              </ul>
            </div>
          ))}
          <Who />
        </nav>
      </header>
      <main id="content" ref={content} tabIndex={-1}>
        {children}
      </main>
    </div>
  )
}

function isAt(location: string, to: string): boolean {
  return to === '/' ? location === '/' : location === to || location.startsWith(`${to}/`)
}

function Who() {
  const { person } = useSession()
  const queries = useQueryClient()
  const [theme, setTheme] = useState(keptTheme)
  return (
    <div className="who">
      <p>
        <strong>{person.name}</strong>
        <span>{person.role}</span>
      </p>
      <label className="theme">
        Look
        <select
          value={theme}
          onChange={({ target }) => {
            const chosen = themes.find((each) => each === target.value) ?? 'system'
            applyTheme(chosen)
            setTheme(chosen)
          }}
        >
          <option value="system">As the system</option>
          <option value="light">Light</option>
          <option value="dark">Dark</option>
        </select>
      </label>
      <button
        type="button"
        className="quiet"
        onClick={async () => {
          await post('sign-out')
          queries.clear()
          location.assign('/console/sign-in')
        }}
      >
        Sign out
      </button>
    </div>
  )
}
