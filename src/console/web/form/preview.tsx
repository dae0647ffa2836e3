import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { Answer } from '../../../browser/page-api.d.ts'
import { type ApiProblem, post } from '../api.ts'
import { type Site, useSettled } from '../hooks.ts'
import { humane } from '../time.ts'
import type { DraftProblem, Explanation, Values } from '../types.ts'
import { keptTheme } from '../ui/theme.ts'
import {
  askedOf,
  type Known,
  type Limits,
  type Situation,
  SituationFields,
  startingSituation,
} from './situation.tsx'

export type Unsaved = { kind: string; key: string | null; entry: Values }

type Previewed = { answer: Answer; why: Explanation }

/** What a reader would meet, as the real wall shows it: any reader from anywhere, on a phone or a desktop, at any time. */
export function Preview({
  draft,
  unsaved,
  site,
  limits,
  known,
  seen,
  onProblems,
}: {
  draft: string
  unsaved: readonly Unsaved[]
  site: Site
  limits: Limits
  known: Known
  /** Where it begins, if the entry shows something else than the wall. */
  seen: Partial<Situation>
  onProblems: (problems: readonly DraftProblem[], errors: ApiProblem['errors']) => void
}) {
  const [situation, setSituation] = useState(() => startingSituation(site, seen))
  const { device } = situation
  const question = useMemo(
    () => ({ draft, unsaved, ...askedOf(situation, { site, limits }) }),
    [draft, unsaved, situation, site, limits],
  )
  const asked = useSettled(question, 300)
  const { data, error } = useQuery<Previewed, ApiProblem>({
    queryKey: ['preview', asked],
    queryFn: () => post('preview', asked),
    placeholderData: (before) => before,
    retry: false,
  })
  useEffect(() => {
    onProblems(error?.problems ?? [], error?.errors ?? [])
  }, [error, onProblems])

  return (
    <section className="preview" aria-label="Preview">
      <h2>Preview</h2>
      <div className="stage" data-device={device}>
        {data && <Frame answer={data.answer} at={asked.at} device={device} />}
        {error && (
          <p className="veil">
            {error.code === 'draft_invalid' || error.code === 'invalid_request'
              ? 'Once the form is right, the wall stands here.'
              : error.message}
          </p>
        )}
      </div>
      {data && !error && <p className="saw">{humane(sentenceOf(data), site.timeZone)}</p>}
      <SituationFields site={site} known={known} value={situation} onChange={setSituation} />
    </section>
  )
}

function sentenceOf({ answer, why }: Previewed): string {
  const decided = why.rules.find(({ answered }) => answered)
  const offer = why.offers.find(({ chosen }) => chosen)
  const opening = answer.granted ? 'The article opens.' : 'The reader is stopped.'
  return [opening, decided?.says, offer && `Shown: ${offer.id}.`].filter(Boolean).join(' ')
}

function Frame({ answer, at, device }: { answer: Answer; at: string; device: string }) {
  const frame = useRef<HTMLIFrameElement>(null)
  const [isReady, setReady] = useState(false)
  useEffect(() => {
    const hear = ({ origin, source, data }: MessageEvent) => {
      if (origin === location.origin && source === frame.current?.contentWindow && data === 'ready')
        setReady(true)
    }
    window.addEventListener('message', hear)
    return () => window.removeEventListener('message', hear)
  }, [])
  useEffect(() => {
    const shown = frame.current
    if (!isReady || shown === null) return
    // A wall over the page takes the focus in its own window; whoever types here keeps it.
    const focused = document.activeElement
    const keepFocus = ({ source }: MessageEvent) => {
      if (source !== shown.contentWindow) return
      if (document.activeElement === shown && focused instanceof HTMLElement && focused !== shown)
        focused.focus({ preventScroll: true })
    }
    window.addEventListener('message', keepFocus)
    shown.contentWindow?.postMessage({ answer, at, theme: keptTheme() }, location.origin)
    return () => window.removeEventListener('message', keepFocus)
  }, [answer, at, isReady])
  return <iframe ref={frame} className={device} src="/console/preview" title="What the reader meets" />
}
