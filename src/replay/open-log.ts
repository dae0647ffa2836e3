import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import xz from 'xz-decompress'
import { ReplayStopped } from './replay-stopped.ts'
import { splitLines } from './split-lines.ts'

export type Log = { name: string; totalLines: number | null; lines: () => AsyncGenerator<string> }

/**
 * A log ready to be read line by line: a plain, .gz or .xz file, or `-` for standard input. A file is read
 * through once to count its lines, so a damaged archive is found before anything is sent; the lines of
 * anything that can be read only once are not known (`totalLines` null).
 * @throws ReplayStopped when it cannot be read, at opening or in the middle.
 */
export async function openLog({ path, input }: { path: string; input: Readable }): Promise<Log> {
  if (path === '-') {
    const name = 'standard input'
    return { name, totalLines: null, lines: () => readLines(name, input) }
  }
  const lines = () => readLines(path, fileBytes(path))
  return { name: path, totalLines: (await isRegularFile(path)) ? await countLines(lines()) : null, lines }
}

async function isRegularFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile()
  } catch (error) {
    throw unreadable(path, error)
  }
}

function fileBytes(path: string): AsyncIterable<Uint8Array> {
  const file = createReadStream(path)
  if (path.endsWith('.xz')) return new xz.XzReadableStream(Readable.toWeb(file))
  if (!path.endsWith('.gz')) return file
  // The error reaches whoever reads the unpacked side; pipeline insists on a listener of its own.
  return pipeline(file, createGunzip(), () => {})
}

async function* readLines(name: string, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  try {
    yield* splitLines(bytes)
  } catch (error) {
    throw unreadable(name, error)
  }
}

async function countLines(lines: AsyncIterable<string>): Promise<number> {
  let count = 0
  for await (const _ of lines) count += 1
  return count
}

function unreadable(name: string, error: unknown): ReplayStopped {
  if (!(error instanceof Error)) return new ReplayStopped(`Cannot read ${name}: ${error}.`)
  if ('code' in error && error.code === 'ENOENT') return new ReplayStopped(`There is no file ${name}.`)
  return new ReplayStopped(
    `Cannot read ${name}, is it whole and of the kind its name says? (${error.message})`,
  )
}
