import { z } from 'zod'
import { CommandStopped } from './command-stopped.ts'

const changeSchema = z.object({
  kind: z.string(),
  title: z.string(),
  change: z.string(),
  words: z.array(z.string()),
})
const problemSchema = z.object({
  kind: z.string(),
  key: z.string().nullable(),
  field: z.string(),
  message: z.string(),
})
const versionSchema = z.object({ number: z.int(), configuration: z.record(z.string(), z.array(z.unknown())) })
const checkedSchema = z.object({
  version: z.int(),
  changes: z.array(changeSchema),
  problems: z.array(problemSchema),
})
const refusalSchema = z.object({ detail: z.string(), problems: z.array(problemSchema).optional() })

type Lists = Readonly<Record<string, readonly unknown[]>>

/** What the command asks of a running service. Every method rejects with CommandStopped when it is refused. */
export type ConsoleClient = {
  version(version: string): Promise<z.infer<typeof versionSchema>>
  check(configuration: Lists): Promise<z.infer<typeof checkedSchema>>
  /** Answers its id. */
  begin(draft: { title: string; configuration: Lists; why: string }): Promise<string>
  publish(draft: string, why: string): Promise<{ number: number }>
}

export function createConsoleClient({ url, key }: { url: URL; key: string }): ConsoleClient {
  async function ask<Schema extends z.ZodType>(
    schema: Schema,
    path: string,
    body?: object,
  ): Promise<z.output<Schema>> {
    const address = new URL(`/v1/console/${path}`, url)
    const answer = await fetch(address, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      redirect: 'error',
    }).catch((error: unknown) => {
      throw new CommandStopped(`Newsrack does not answer at ${url.origin}: ${reasonOf(error)}`)
    })
    const said: unknown = await answer.json().catch(() => null)
    const read = schema.safeParse(said)
    if (answer.ok && read.success) return read.data
    throw new CommandStopped(refusalOf(said) ?? `${address.href} answered ${answer.status}.`)
  }

  return {
    version: (version) => ask(versionSchema, `versions/${encodeURIComponent(version)}`),
    check: (configuration) => ask(checkedSchema, 'check', { configuration }),
    begin: async (draft) => (await ask(z.object({ id: z.string() }), 'drafts', draft)).id,
    publish: (draft, why) => ask(z.object({ number: z.int() }), `drafts/${draft}/publish`, { why }),
  }
}

function refusalOf(said: unknown): string | null {
  const refusal = refusalSchema.safeParse(said)
  if (!refusal.success) return null
  const { detail, problems = [] } = refusal.data
  const lines = problems.map(
    ({ kind, key, field, message }) => `${[kind, key, field].filter(Boolean).join(' ')}: ${message}`,
  )
  return [detail, ...lines].join('\n')
}

/** fetch() hides the reason in the cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error'
  return error.cause instanceof Error ? error.cause.message : error.message
}
