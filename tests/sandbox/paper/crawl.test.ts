import assert from 'node:assert/strict'
import { it } from 'node:test'
import express from 'express'
import supertest from 'supertest'
import { loadArticles } from '../../../src/sandbox/paper/articles.ts'
import { demoPaper } from '../../../src/sandbox/paper/index.ts'
import { sections } from '../../../src/sandbox/paper/sections.ts'
import { withoutNewsrack } from './without-newsrack.ts'

const servedByNewsrack = new Set([
  '/newsrack.js',
  '/docs',
  '/account',
  '/sandbox/controls',
  '/sandbox/outbox',
])

it('every link, picture and style sheet of the paper resolves, starting at the front page', async () => {
  const app = express()
  app.use(demoPaper({ now: () => Date.parse('2026-11-24T12:00:00Z'), newsrack: withoutNewsrack }))
  const paper = supertest(app)
  const waiting = ['/']
  const seen = new Set(waiting)

  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const response = await paper.get(path)
    assert.equal(response.status, 200, path)
    if (/\.(svg|css)$/.test(path))
      assert.match(response.headers['cache-control'] ?? '', /max-age=[1-9]/, path)
    if (response.type !== 'text/html') continue
    for (const link of linksOf(response.text)) {
      if (servedByNewsrack.has(link) || seen.has(link)) continue
      seen.add(link)
      waiting.push(link)
    }
  }

  const pages = [...loadArticles().map(({ id }) => `/${id}`), ...sections.map(({ id }) => `/section/${id}`)]
  assert.deepEqual(
    pages.filter((page) => !seen.has(page)),
    [],
  )
  assert.equal([...seen].filter((path) => path.startsWith('/pictures/')).length, 12)
})

function linksOf(page: string): string[] {
  return [...page.matchAll(/(?:href|src)="(\/[^"#]*)(#[^"]*)?"/g)].map(([, path]) => path ?? '/')
}
