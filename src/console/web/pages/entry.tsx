import { useCallback, useEffect, useMemo, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { address, post, put } from '../api.ts'
import { FormContext } from '../form/context.ts'
import { EntryForm } from '../form/entry-form.tsx'
import { Errors } from '../form/errors.tsx'
import { Preview } from '../form/preview.tsx'
import { knownOf, limitsOf, seenBy, siteOfEntry, useSurroundingsOf } from '../form/surroundings.ts'
import { useAction, useDraft, useEntries, useKinds, useMay } from '../hooks.ts'
import type { DraftProblem, Entry, FieldError, Schema, Values } from '../types.ts'
import { AreaField } from '../ui/field.tsx'
import { Loading, Notice, Refusal } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { useToast } from '../ui/toast.tsx'
import { manyOf, oneOf } from '../words.ts'
import { savedMeanwhile } from './differences.ts'
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
  const isEditor = useMay('editor')
  const mayEdit = isEditor && isOpen

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
  const current = useMemo(() => savedMeanwhile(save.error), [save.error])
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
  const known = useMemo(() => knownOf(value, entries), [value, entries])
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
      {!mayEdit && (
        <Notice tone="warn">
          <p>
            {isOpen
              ? 'You may look at this, but not change it: that takes the role editor.'
              : 'This draft cannot be changed as it stands.'}
          </p>
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
              differences={current.differences}
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
          <Preview
            {...{ draft, unsaved, site, limits, known, onProblems }}
            seen={seenBy(kind, base?.entry ?? {})}
          />
        )}
      </div>
    </FormContext>
  )
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
