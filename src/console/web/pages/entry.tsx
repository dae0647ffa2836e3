import { useCallback, useEffect, useMemo, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { type ApiProblem, address, post, put } from '../api.ts'
import { FormContext, type FormSurroundings } from '../form/context.ts'
import { EntryForm } from '../form/entry-form.tsx'
import { type Limits, Preview } from '../form/preview.tsx'
import { isRecord } from '../form/variants.ts'
import { siteOf, useAction, useDraft, useEntries, useKinds, useMay } from '../hooks.ts'
import type { DraftProblem, Entry, FieldError, Schema, Values } from '../types.ts'
import { AreaField } from '../ui/field.tsx'
import { Loading, Notice, Refusal } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { useToast } from '../ui/toast.tsx'
import { labelOf, manyOf, oneOf } from '../words.ts'
import { TwoEditors } from './two-editors.tsx'

type Props = { draft: string; kind: string; entryKey: string | null }

/** One entry in its form, with the wall beside it as readers will meet it. `entryKey` null: a new one. */
export default function EntryPage({ draft, kind, entryKey }: Props) {
  const about = useDraft(draft)
  const all = useEntries(draft)
  const kinds = useKinds()
  const schema = kinds.data?.kinds.find((one) => one.kind === kind)?.schema
  const problem = about.error ?? all.error ?? kinds.error
  if (problem !== null) return <Refusal of={problem} />
  if (!about.data || !all.data || schema === undefined) return <Loading />
  const entries = all.data.entries
  const entry = entries.find((one) => one.kind === kind && one.key === entryKey && !one.archived) ?? null
  if (entryKey !== null && entry === null) {
    return (
      <>
        <PageHead title="This entry is gone" />
        <p>
          Somebody may have removed, renamed or archived it.{' '}
          <Link href={`/drafts/${draft}`}>Back to the draft</Link>
        </p>
      </>
    )
  }
  return (
    <Editor
      {...{ draft, kind, entry, entries, schema }}
      title={about.data.title}
      isOpen={about.data.status === 'open'}
    />
  )
}

function Editor(props: {
  draft: string
  kind: string
  entry: Entry | null
  entries: readonly Entry[]
  schema: Schema
  title: string
  isOpen: boolean
}) {
  const { draft, kind, entries, schema, title, isOpen } = props
  // The entry as it was when its editor began; what others write meanwhile does not touch the form.
  const [base, setBase] = useState(props.entry)
  const [value, setValue] = useState<Values>(base?.entry ?? {})
  const [why, setWhy] = useState('')
  const [found, setFound] = useState<{ problems: readonly DraftProblem[]; errors: readonly FieldError[] }>({
    problems: [],
    errors: [],
  })
  const [isTouched, setTouched] = useState(base !== null)
  const [, go] = useLocation()
  const say = useToast()
  const mayEdit = useMay('editor') && isOpen

  const save = useAction(({ entry, etag }: { entry: Values; etag: string | null }) =>
    etag === null
      ? post<{ entry: Entry }>(`${address('drafts', draft)}/entries/${address(kind)}`, { entry, why })
      : put<{ entry: Entry }>(`${address('drafts', draft)}/entries/${address(kind, base?.key ?? '')}`, {
          entry,
          etag,
          why,
        }),
  )
  const submit = (entry: Values, etag: string | null) => {
    setTouched(true)
    save.mutate(
      { entry, etag },
      {
        onSuccess() {
          say('Saved in the draft. Readers see it once it is published.')
          go(`/drafts/${draft}?kind=${kind}`)
        },
      },
    )
  }
  const current = currentOf(save.error)
  const surroundings = useSurroundingsOf({
    kind,
    value,
    entries,
    found,
    shown: isTouched,
    refused: save.error,
    entryKey: base?.key ?? null,
  })
  const unsaved = useMemo(() => [{ kind, key: base?.key ?? null, entry: value }], [kind, base, value])
  const onProblems = useCallback(
    (problems: readonly DraftProblem[], errors: readonly FieldError[]) => setFound({ problems, errors }),
    [],
  )
  const site = siteOfEntry(kind, value, entries)
  const limits = useMemo(() => limitsOf(kind, value, entries), [kind, value, entries])
  const isChanged = JSON.stringify(value) !== JSON.stringify(base?.entry ?? {})
  useLeaveGuard(isChanged && !save.isSuccess)

  return (
    <FormContext value={surroundings}>
      <PageHead
        over={
          <>
            <Link href={`/drafts/${draft}`}>{title}</Link> ›{' '}
            <Link href={`/drafts/${draft}?kind=${kind}`}>{manyOf(kind)}</Link>
          </>
        }
        title={base?.title ?? `New ${oneOf(kind)}`}
        lead={schema.description && base === null ? schema.description : undefined}
      />
      {!isOpen && (
        <Notice tone="warn">
          <p>This draft cannot be changed as it stands.</p>
        </Notice>
      )}
      <div className="editor">
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            submit(value, base?.etag ?? null)
          }}
        >
          {current && base ? (
            <TwoEditors
              mine={value}
              theirs={current.entry}
              onMine={() => submit(value, current.etag)}
              onTheirs={() => {
                setBase({ ...base, entry: current.entry, etag: current.etag })
                setValue(current.entry)
                save.reset()
              }}
            />
          ) : (
            <Refusal of={save.error?.code === 'invalid_request' ? null : save.error} />
          )}
          <fieldset className="whole" disabled={!mayEdit}>
            <EntryForm kind={kind} schema={schema} value={value} onChange={setValue} />
            <AreaField
              label="Why this change?"
              help="For the journal, so that others understand it later."
              optional
              rows={2}
              value={why}
              onChange={setWhy}
            />
          </fieldset>
          <Errors errors={surroundings.errors} />
          <div className="save-bar">
            <button
              type="submit"
              className="primary"
              disabled={!mayEdit || save.isPending || (!isChanged && base !== null)}
            >
              {save.isPending ? 'Saving …' : base === null ? `Add the ${oneOf(kind)}` : 'Save in the draft'}
            </button>
            <Link href={`/drafts/${draft}?kind=${kind}`}>Leave it as it was</Link>
          </div>
        </form>
        {site && (
          <Preview draft={draft} unsaved={unsaved} site={site} limits={limits} onProblems={onProblems} />
        )}
      </div>
    </FormContext>
  )
}

/** Everything that is wrong, at once; each stands at its field, too. */
function Errors({ errors }: { errors: ReadonlyMap<string, string> }) {
  if (errors.size === 0) return null
  return (
    <div className="notice bad" role="status">
      <p>{errors.size === 1 ? 'One thing is not right yet:' : `${errors.size} things are not right yet:`}</p>
      <ul>
        {[...errors].map(([field, words]) => (
          <li key={field}>
            {field === '' ? '' : `${field.split('.').map(labelOf).join(' › ')}: `}
            {words}
          </li>
        ))}
      </ul>
    </div>
  )
}

function useSurroundingsOf(parts: {
  kind: string
  value: Values
  entries: readonly Entry[]
  found: { problems: readonly DraftProblem[]; errors: readonly FieldError[] }
  shown: boolean
  refused: ApiProblem | null
  entryKey: string | null
}): FormSurroundings {
  const { kind, value, entries, found, shown, refused, entryKey } = parts
  return useMemo(() => {
    const present = entries.filter(({ archived }) => !archived)
    const options = (of: string) =>
      present
        .filter((one) => one.kind === of)
        .map(({ entry, title }) => ({ value: String(entry.id), label: title }))
    const own = found.problems.filter(
      (one) => one.kind === kind && (one.key === entryKey || entryKey === null),
    )
    const told = [
      ...own.map(({ field, message }) => [field, sentence(message)] as const),
      ...[...found.errors, ...(refused?.errors ?? [])].map(
        ({ field, expected }) =>
          [
            field === 'entry' ? '' : field,
            sentence(expected.startsWith('unknown') ? expected : `expected ${expected}`),
          ] as const,
      ),
    ]
    return {
      timeZone: siteOfEntry(kind, value, entries)?.timeZone ?? 'UTC',
      currency: currencyOf(value, present),
      references: { plan: options('plans'), site: options('sites'), meter: options('meters') },
      errors: new Map(shown ? told : []),
    }
  }, [kind, value, entries, found, shown, refused, entryKey])
}

/** What was there instead stands in the field itself. */
function sentence(message: string): string {
  const words = message.replace(/, got .*$/s, '')
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`
}

function currencyOf(value: Values, entries: readonly Entry[]): string {
  const plan = entries.find(
    ({ kind, entry }) => kind === 'plans' && (entry.id === value.plan || value.plan === undefined),
  )
  const price = plan?.entry.price
  return isRecord(price) && typeof price.currency === 'string' ? price.currency : 'USD'
}

function siteOfEntry(kind: string, value: Values, entries: readonly Entry[]) {
  const sites = entries.filter((one) => one.kind === 'sites' && !one.archived)
  const named = kind === 'sites' ? value.id : value.site
  const site = sites.find(({ entry }) => entry.id === named) ?? sites[0]
  return site && siteOf(site.entry)
}

/** Of the meter that lets most through, as it stands in the form. */
function limitsOf(kind: string, value: Values, entries: readonly Entry[]): Limits {
  const saved = entries.filter((one) => one.kind === 'meters' && !one.archived).map(({ entry }) => entry)
  const kept = kind === 'meters' ? [...saved.filter(({ id }) => id !== value.id), value] : saved
  const limits = kept.map(({ limit }) => limit).filter(isRecord)
  const most = (name: string) =>
    Math.min(1000, Math.max(0, ...limits.map((limit) => Number(limit[name]) || 0)))
  return { anonymous: most('anonymous'), registered: most('registered') }
}

function currentOf(problem: ApiProblem | null): { entry: Values; etag: string } | null {
  const current = problem?.code === 'entry_changed' ? problem.more.current : null
  return isRecord(current) && isRecord(current.entry)
    ? { entry: current.entry, etag: String(current.etag) }
    : null
}

/** The browser asks before it leaves what is not saved. */
function useLeaveGuard(isOn: boolean): void {
  useEffect(() => {
    if (!isOn) return
    const stay = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', stay)
    return () => window.removeEventListener('beforeunload', stay)
  }, [isOn])
}
