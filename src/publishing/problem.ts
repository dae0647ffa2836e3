import { z } from 'zod'

/** What is wrong in one place of a configuration, in words for the person who wrote it. */
export type Problem = { path: Path; message: string }
export type Path = (string | number)[]

/**
 * Reads a value with a schema: the parsed value, or every problem in it. The schemas' own messages say what is
 * expected, as in "a whole number"; this adds what was there instead.
 */
export function readAs<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  path: Path,
): { value: z.output<Schema> } | { problems: Problem[] } {
  const parsed = schema.safeParse(input, { error: whatIsExpected })
  if (parsed.success) return { value: parsed.data }
  return { problems: parsed.error.issues.flatMap((issue) => problemsOf(issue, { input, path })) }
}

/** "expected …, got …" */
export function unexpected(path: Path, expected: string, got: unknown): Problem {
  return { path, message: `expected ${expected}, got ${shown(got)}` }
}

export function unknownField(path: Path, known: string): Problem {
  return { path, message: `unknown field; known here: ${known}` }
}

function problemsOf(issue: z.core.$ZodIssue, root: { input: unknown; path: Path }): Problem[] {
  const inner = issue.path.map((key) => (typeof key === 'number' ? key : String(key)))
  const path = [...root.path, ...inner]
  if (issue.code !== 'unrecognized_keys') return [unexpected(path, issue.message, valueAt(root.input, inner))]
  return issue.keys.map((key) => unknownField([...path, key], issue.message))
}

/** What was written there. The issue itself may hold the whole entry instead. */
function valueAt(input: unknown, path: Path): unknown {
  return path.reduce((value: unknown, key) => (isObject(value) ? Reflect.get(value, key) : undefined), input)
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

/** Only where the schema has no words of its own. */
function whatIsExpected(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return typeName(issue.expected, issue)
    case 'invalid_value':
      return oneOf(issue.values.map(String))
    case 'invalid_union':
      return oneOf(Array.isArray(issue.options) ? issue.options.map(String) : [])
    case 'too_small':
      return issue.origin === 'string' && issue.minimum === 1
        ? 'some text'
        : `at least ${sized(issue.minimum, issue.origin)}`
    case 'too_big':
      return `at most ${sized(issue.maximum, issue.origin)}`
    case 'unrecognized_keys':
      return fieldsOf(issue.inst).join(', ')
    default:
      return undefined
  }
}

function typeName(expected: string, { input, inst }: { input?: unknown; inst?: unknown }): string {
  if (expected === 'string')
    return typeof input === 'number' || typeof input === 'boolean' ? 'text (put it in quotes)' : 'text'
  if (expected === 'boolean') return 'true or false'
  if (expected === 'int' || expected === 'number') return 'a whole number'
  if (expected === 'array') return 'a list'
  return `an entry with the fields ${fieldsOf(inst).join(', ')}`
}

function sized(bound: number | bigint, origin: string): string {
  return origin === 'string' ? `${bound} characters` : `${bound}`
}

function oneOf(values: string[]): string {
  return values.length === 1 ? values.join() : `one of ${values.join(', ')}`
}

function fieldsOf(schema: unknown): string[] {
  if (schema instanceof z.ZodDiscriminatedUnion) return [...new Set(schema.options.flatMap(fieldsOf))]
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : []
}

const longestShown = 40

function shown(value: unknown): string {
  if (value === undefined || value === null) return 'nothing'
  const text = JSON.stringify(value)
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text
}
