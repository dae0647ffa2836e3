import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { Answer } from '../../../browser/page-api.d.ts'
import { type ApiProblem, post } from '../api.ts'
import type { Site } from '../hooks.ts'
import { useSettled } from '../hooks.ts'
import { fromLocal, humane, toLocal } from '../time.ts'
import type { DraftProblem, Explanation, Values } from '../types.ts'
import { RadioField, SelectField, TextField } from '../ui/field.tsx'
import { keptTheme } from '../ui/theme.ts'

export type Unsaved = { kind: string; key: string | null; entry: Values }

/** How many free articles there are, at most. */
export type Limits = { anonymous: number; registered: number }

type Previewed = { answer: Answer; why: Explanation }

const readers = [
  { value: 'stopped', label: 'Has read all free articles' },
  { value: 'new', label: 'New here' },
  { value: 'some', label: 'Has read some' },
  { value: 'active', label: 'Subscriber' },
  { value: 'cancelled', label: 'Has cancelled, still reading' },
  { value: 'past_due', label: 'Owes a payment' },
  { value: 'ended', label: 'Has subscribed before' },
]

const classes = ['metered', 'premium', 'registered', 'free'].map((value) => ({ value, label: value }))

/** What a reader would meet, as the real wall shows it: on a phone or a desktop, in a language, at a time. */
export function Preview({
  draft,
  unsaved,
  site,
  limits,
  onProblems,
}: {
  draft: string
  unsaved: readonly Unsaved[]
  site: Site
  limits: Limits
  onProblems: (problems: readonly DraftProblem[], errors: ApiProblem['errors']) => void
}) {
  const [reader, setReader] = useState('stopped')
  const [read, setRead] = useState('3')
  const [account, setAccount] = useState('no')
  const [articleClass, setClass] = useState('metered')
  const [language, setLanguage] = useState(site.language)
  const [at, setAt] = useState(() => toLocal(new Date().toISOString(), site.timeZone))
  const [device, setDevice] = useState('phone')

  const question = useMemo(
    () => ({
      draft,
      unsaved,
      site: site.id,
      at: fromLocal(at, site.timeZone),
      language,
      article: { class: articleClass },
      reader: situationOf(reader, { read: Number(read), limits, registered: account === 'yes' }),
      visit: { device },
    }),
    [draft, unsaved, site, at, language, articleClass, reader, read, limits, account, device],
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
      <div className="situation">
        <RadioField
          label="Screen"
          value={device}
          options={[
            { value: 'phone', label: 'Phone' },
            { value: 'desktop', label: 'Desktop' },
          ]}
          onChange={setDevice}
        />
        <SelectField label="Reader" value={reader} options={readers} onChange={setReader} />
        {reader === 'some' && (
          <TextField label="Articles read" type="number" min={0} max={1000} value={read} onChange={setRead} />
        )}
        <SelectField
          label="Account"
          value={account}
          options={[
            { value: 'no', label: 'None' },
            { value: 'yes', label: 'Registered' },
          ]}
          onChange={setAccount}
        />
        <SelectField label="Article" value={articleClass} options={classes} onChange={setClass} />
        <SelectField label="Language" value={language} options={languagesOf(site)} onChange={setLanguage} />
        <TextField
          label={`Date (${site.timeZone})`}
          type="datetime-local"
          required
          value={at}
          onChange={(local) => local && setAt(local)}
        />
      </div>
    </section>
  )
}

function situationOf(
  reader: string,
  { read, limits, registered }: { read: number; limits: Limits; registered: boolean },
) {
  const subscription = ['active', 'cancelled', 'past_due'].find((one) => one === reader) ?? 'none'
  const all = registered ? limits.registered : limits.anonymous
  const some = Number.isInteger(read) && read >= 0 ? Math.min(read, 1000) : 0
  return {
    registered,
    isReturning: reader !== 'new',
    read: { stopped: all, ended: all, some }[reader] ?? 0,
    hasSubscribedBefore: reader === 'ended',
    subscription,
  }
}

function languagesOf({ language, languages }: Site) {
  const names = new Intl.DisplayNames('en', { type: 'language' })
  return [...new Set([language, ...languages])].map((value) => ({
    value,
    label: names.of(value) ?? value,
  }))
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
