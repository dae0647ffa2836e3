import {
  type Document,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type YAMLError,
} from 'yaml'
import type { Path } from './problem.ts'

type YamlProblem = { line: number; message: string }

/**
 * Reads a YAML text that holds a list of entries; an empty text holds none. Answers them with `lineOf`, which finds the
 * line (from 1) of the deepest part of a path that was written; or what keeps the text from being read.
 */
export function readYamlEntries(
  text: string,
): { entries: unknown[]; lineOf: (path: Path) => number } | { problems: YamlProblem[] } {
  const lines = new LineCounter()
  const lineAt = (offset: number) => lines.linePos(offset).line
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    // Whatever a %YAML line asks for: 1.1 would turn `no` into false. And no dates, sets or binaries.
    schema: 'core',
    resolveKnownTags: false,
  })
  // A warning is a tag that was not understood, so a value that is not what its writer meant.
  const faults = [...document.errors, ...document.warnings]
  if (faults.length > 0)
    return { problems: firstOfEachLine(faults.map((fault) => located(fault, text, lineAt))) }
  const misused = misusedAliases(document)
  if (misused.length > 0) {
    return { problems: misused.map(({ offset, message }) => ({ line: lineAt(offset), message })) }
  }
  const value = expanded(document)
  if (value === null) return { entries: [], lineOf: () => 1 }
  if (Array.isArray(value)) return { entries: value, lineOf: (path) => lineAt(offsetOf(document, path)) }
  const message =
    value === tooMuch
      ? 'aliases (*) repeat too much here'
      : 'expected a list of entries, each beginning with "- "'
  return { problems: [{ line: lineAt(offsetOf(document, [])), message }] }
}

const plainWords = new Map<string, string>([
  ['BAD_INDENT', 'the indentation does not fit the lines above'],
  ['BAD_SCALAR_START', 'text that begins with this sign needs quotes'],
  ['BLOCK_AS_IMPLICIT_KEY', 'two fields in one line; put text that contains a colon in quotes'],
  ['DUPLICATE_KEY', 'this field is given twice in one entry'],
  [
    'MISSING_CHAR',
    'a closing quote, a bracket, or the colon and space after a field’s name is missing here or above',
  ],
  ['MULTILINE_IMPLICIT_KEY', 'the colon and space after this field’s name is missing'],
  ['MULTIPLE_DOCS', 'a second document begins here (---); one file holds one list'],
  ['TAG_RESOLVE_FAILED', 'tags are not used here; put text that begins with ! in quotes'],
  ['UNEXPECTED_TOKEN', 'this does not continue what is above; look at the indentation and the dashes'],
])

function located(fault: YAMLError, text: string, lineAt: (offset: number) => number): YamlProblem {
  const line = lineAt(fault.pos[0])
  if (/^ *\t/.test(text.split('\n')[line - 1] ?? ''))
    return { line, message: 'indented with a tab; use spaces' }
  return { line, message: plainWords.get(fault.code) ?? `cannot be read as YAML: ${fault.message}` }
}

/** One slip often makes the parser stumble several times in its line. */
function firstOfEachLine(problems: YamlProblem[]): YamlProblem[] {
  return problems.filter(({ line }, index) => problems.findIndex((other) => other.line === line) === index)
}

function misusedAliases(document: Document.Parsed): { offset: number; message: string }[] {
  const misused: { offset: number; message: string }[] = []
  visit(document, {
    Alias(_key, alias, ancestors) {
      const source = alias.resolve(document)
      const offset = startOf(alias) ?? 0
      if (source === undefined) {
        misused.push({
          offset,
          message: `nothing is named &${alias.source}; put text that begins with * in quotes`,
        })
      } else if (ancestors.some((ancestor) => ancestor === source)) {
        misused.push({ offset, message: `*${alias.source} stands inside the very entry it repeats` })
      }
    },
  })
  return misused
}

const tooMuch = Symbol('more aliases than the library expands')

function expanded(document: Document.Parsed): unknown {
  try {
    return document.toJS()
  } catch (error) {
    if (error instanceof ReferenceError) return tooMuch
    throw error
  }
}

function offsetOf(document: Document.Parsed, path: Path): number {
  let node: unknown = document.contents
  let offset = startOf(node) ?? 0
  for (const key of path) {
    const part = partOf(node, key)
    offset = startOf(part?.begin) ?? offset
    node = part?.value
  }
  return offset
}

function partOf(node: unknown, key: string | number): { begin: unknown; value: unknown } | undefined {
  if (isSeq(node))
    return typeof key === 'number' ? { begin: node.items[key], value: node.items[key] } : undefined
  if (!isMap(node)) return undefined
  const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key))
  return pair && { begin: pair.key, value: pair.value }
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined
}
