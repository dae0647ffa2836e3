import { type UseQueryResult, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, type RefObject, useContext, useEffect, useRef, useState } from 'react'
import { type ApiProblem, address, get } from './api.ts'
import type { Draft, Entry, Kind, Person, Role, Session } from './types.ts'

/** What the API says at an address; `path` null asks nothing. */
export function useApi<Answer>(
  path: string | null,
  options: { refreshMs?: number } = {},
): UseQueryResult<Answer, ApiProblem> {
  return useQuery<Answer, ApiProblem>({
    queryKey: [path],
    queryFn: () => get<Answer>(path ?? ''),
    enabled: path !== null,
    refetchInterval: options.refreshMs ?? false,
  })
}

/** What follows an action, also where the page that asked for it is gone by then. */
type Then<Answer> = { onSuccess?: (answer: Answer) => void; onSettled?: () => void }

/** Something that changes what the API knows: everything that is shown is asked for again after it. */
export function useAction<Given, Answer>(act: (given: Given) => Promise<Answer>) {
  const queries = useQueryClient()
  const mutation = useMutation<Answer, ApiProblem, { given: Given; then: Then<Answer> }>({
    async mutationFn({ given, then }) {
      try {
        const answer = await act(given)
        then.onSuccess?.(answer)
        return answer
      } finally {
        then.onSettled?.()
      }
    },
    onSuccess: () => queries.invalidateQueries(),
  })
  return { ...mutation, mutate: (given: Given, then: Then<Answer> = {}) => mutation.mutate({ given, then }) }
}

export const SessionContext = createContext<(Session & { person: Person }) | null>(null)

/** Who is signed in. */
export function useSession(): Session & { person: Person } {
  const session = useContext(SessionContext)
  if (session === null) throw new Error('this page is for those who are signed in')
  return session
}

const ranks: readonly Role[] = ['viewer', 'editor', 'publisher', 'admin']

/** Whether whoever is signed in may do what this role may. */
export function useMay(role: Role): boolean {
  return ranks.indexOf(useSession().person.role) >= ranks.indexOf(role)
}

export function useDraft(draft: string) {
  return useApi<Draft>(address('drafts', draft))
}

export function useEntries(draft: string) {
  return useApi<{ revision: number; entries: Entry[] }>(`${address('drafts', draft)}/entries`)
}

export function useKinds() {
  return useApi<{ kinds: Kind[] }>('kinds')
}

export type Site = { id: string; name: string; timeZone: string; language: string; languages: string[] }

/** The sites as they are in force. */
export function useSites(): Site[] {
  const { data } = useApi<{ entries: Entry[] }>('versions/current/entries?kind=sites')
  return (data?.entries ?? []).map(({ entry }) => siteOf(entry))
}

export function siteOf(entry: Entry['entry']): Site {
  const { id, name, timeZone, language, languages } = entry
  return {
    id: String(id),
    name: String(name),
    timeZone: String(timeZone),
    language: String(language ?? 'en-US'),
    languages: Array.isArray(languages) ? languages.map(String) : [],
  }
}

/** For what is said above the button that was pressed: it comes into sight whenever it says something else. */
export function useInSight<Part extends HTMLElement>(said: unknown): RefObject<Part | null> {
  const part = useRef<Part>(null)
  useEffect(() => {
    if (said !== null) part.current?.scrollIntoView({ block: 'nearest' })
  }, [said])
  return part
}

/** A value, once it has stayed the same for a while. */
export function useSettled<Value>(value: Value, ms: number): Value {
  const [settled, settle] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => settle(value), ms)
    return () => clearTimeout(timer)
  }, [value, ms])
  return settled
}
