import type { ReactNode } from 'react'
import type { ApiProblem } from '../api.ts'
import { useInSight } from '../hooks.ts'

export function Loading() {
  return (
    <p className="loading" role="status">
      Loading …
    </p>
  )
}

/** Why something was refused, in the API’s words. `atFields`: what is about a field stands there. */
export function Refusal({ of: problem, atFields = false }: { of: ApiProblem | null; atFields?: boolean }) {
  const notice = useInSight<HTMLDivElement>(problem?.message ?? null)
  if (problem === null || (atFields && problem.errors.length > 0)) return null
  return (
    <div className="notice bad" role="alert" ref={notice}>
      <p>{problem.message}</p>
      {problem.problems.length > 0 && (
        <ul>
          {problem.problems.map(({ kind, key, field, message }) => (
            <li key={`${kind}/${key}/${field}/${message}`}>
              {[kind, key, field].filter(Boolean).join(' › ')}: {message}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

export function Notice({
  tone = 'calm',
  children,
}: {
  tone?: 'calm' | 'good' | 'warn' | 'bad'
  children: ReactNode
}) {
  return <div className={`notice ${tone}`}>{children}</div>
}

/** Where a list is empty: what would stand there, and how it comes there. */
export function Empty({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="empty">
      <h2>{title}</h2>
      {children}
    </div>
  )
}
