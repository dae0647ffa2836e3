import { hash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import jwt from 'jsonwebtoken'
import { newIdentity } from '../src/readers/identity.ts'
import { createReaderTokens } from '../src/readers/reader-token.ts'
import { secret } from './server-process.ts'

/** How a reader proves who they are: Newsrack's cookie, or the JSON Web Token of the usual stack. */
export type TokenKind = 'reader' | 'jwt'

export type RequestKind = {
  path: string
  token: TokenKind
  /** The readers' sections; each reads in one of them only. */
  sections?: readonly string[]
}

/**
 * What one reader asks for, eight times: five articles that count, one of them again, two more that a meter of five
 * refuses. An endless run repeats the eight, so that of what is answered about half are re-reads and a quarter stops.
 */
const articlesOfAReader = [0, 1, 2, 3, 4, 2, 5, 6]
/** So many articles are read at a time; each is of one section. */
const articlesOnSite = 7_000
/** So many readers are on the site at once, and come back in turn. */
const readersAtOnce = 500

/** Whole HTTP requests of `readers` readers, mixed as they would come in. */
export function prepareRequests(
  { path, token, sections = ['business'] }: RequestKind,
  readers: number,
): string[] {
  const cookieOf = cookieMakers[token]
  const requests: string[] = []
  for (let from = 0; from < readers; from += readersAtOnce) {
    const block = Array.from({ length: Math.min(readersAtOnce, readers - from) }, (_, index) => from + index)
    const cookies = block.map(cookieOf)
    for (const article of articlesOfAReader) {
      block.forEach((reader, index) => {
        requests.push(requestText(path, cookies[index] ?? '', bodyOf(reader, article, sections)))
      })
    }
  }
  return requests
}

/** The form that wrk.lua reads. */
export async function writeRequests(directory: string, name: string, requests: readonly string[]) {
  const file = join(directory, `${name}.requests`)
  await writeFile(file, requests.map((request) => `${request}\0`).join(''))
  return file
}

const cookieMakers: Record<TokenKind, (reader: number) => string> = {
  reader: () => `newsrack_reader=${tokens.issue(newIdentity(), Date.now())}`,
  jwt: (reader) => `session=${jwt.sign({ sub: readerId(reader) }, secret, { expiresIn: '30d' })}`,
}

const tokens = createReaderTokens([secret])

function readerId(reader: number): string {
  return hash('sha256', `reader ${reader}`, 'base64url').slice(0, 16)
}

function bodyOf(reader: number, article: number, sections: readonly string[]): string {
  const section = reader % sections.length
  const perSection = Math.floor(articlesOnSite / sections.length)
  const number = section * perSection + ((reader * 7 + article * 131) % perSection)
  return JSON.stringify({
    site: 'demo',
    article: {
      id: `/2026/06/story-${number + 10_000}`,
      section: sections[section],
      tags: ['harbor'],
      class: 'metered',
    },
    referrer: 'https://www.example.com/',
  })
}

function requestText(path: string, cookie: string, body: string): string {
  return [
    `POST ${path} HTTP/1.1`,
    'Host: localhost',
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    `Cookie: ${cookie}`,
    '',
    body,
  ].join('\r\n')
}
