import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import express from 'express'
import supertest from 'supertest'
import { z } from 'zod'
import { renderArticlePage } from '../../../src/sandbox/paper/article-page.ts'
import { loadArticles, parseArticle } from '../../../src/sandbox/paper/articles.ts'
import { demoPaper } from '../../../src/sandbox/paper/index.ts'
import { sections } from '../../../src/sandbox/paper/sections.ts'
import { withoutNewsrack } from './without-newsrack.ts'

const articles = loadArticles()
const app = express()
app.use(demoPaper({ now: () => Date.parse('2026-11-25T04:30:00Z'), newsrack: withoutNewsrack }))
app.use((_req, res) => {
  res.status(404).send('the next handler')
})
const paper = supertest(app)

const NewsArticle = z.object({
  '@type': z.literal('NewsArticle'),
  '@id': z.url(),
  url: z.url(),
  headline: z.string(),
  datePublished: z.iso.datetime({ offset: true }),
  author: z.object({ name: z.string() }),
  articleSection: z.string(),
  image: z.url(),
  isAccessibleForFree: z.boolean(),
  hasPart: z
    .object({
      '@type': z.literal('WebPageElement'),
      isAccessibleForFree: z.literal(false),
      cssSelector: z.string(),
    })
    .optional(),
})

function readStructuredData(page: string) {
  const [, json] = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(page) ?? []
  return NewsArticle.parse(JSON.parse(json ?? ''))
}

describe('the front page', () => {
  it('leads with the newest article and shows all the others', async () => {
    const { text } = await paper.get('/').expect(200).expect('content-type', /html/)
    const shown = [...text.matchAll(/<h3><a class="headline" href="\/([^"]+)"/g)].map(([, id]) => id)
    assert.deepEqual(
      shown,
      articles.map((article) => article.id),
    )
  })

  it('carries the date in Port Ellery, whatever it is in UTC', async () => {
    const { text } = await paper.get('/').expect(200)
    assert.match(text, />Tuesday, November 24, 2026</)
  })

  it('tells a developer how to try the paywall', async () => {
    const { text } = await paper.get('/').expect(200)
    assert.match(text, /five free articles a month/)
    assert.match(text, /4242 4242 4242 4242/)
    assert.match(text, /href="\/docs"/)
  })
})

describe('an article page', () => {
  for (const article of articles) {
    it(`/${article.id} carries the publisher's one script tag, and structured data that agrees with it`, async () => {
      const { text } = await paper.get(`/${article.id}`).set('host', 'lantern.example:3000').expect(200)
      const contentUrl = article.class === 'free' ? '' : ` data-content-url="/${article.id}/text"`
      const tag = `<script async src="/newsrack.js"${contentUrl}></script>`
      assert.ok(text.includes(tag))
      const data = readStructuredData(text)
      assert.equal(data.url, `http://lantern.example:3000/${article.id}`)
      assert.ok(text.includes(`<link rel="canonical" href="${data.url}">`))
      assert.equal(data.headline, article.title)
      assert.equal(data.isAccessibleForFree, article.class === 'free')
      assert.equal(data.hasPart?.cssSelector, article.class === 'free' ? undefined : '.article-body')
      assert.match(text, /<div class="article-body">\s*<p>/)
      assert.match(text, /<div data-newsrack-meter><\/div>/)
    })
  }

  it('is marked as free over its headline only when it is', async () => {
    for (const article of articles) {
      const { text } = await paper.get(`/${article.id}`).expect(200)
      const header = text.slice(0, text.indexOf('<h1'))
      assert.equal(header.includes('Free to read'), article.class === 'free', article.id)
    }
  })

  it('escapes a hostile title in the page and in its structured data', () => {
    const title = `</script><script>alert("1")</script>'<!--`
    const [real, ...more] = articles
    assert.ok(real !== undefined)
    const page = renderArticlePage({
      article: { ...real, title },
      more: more.slice(0, 3),
      request: { origin: 'http://localhost', now: 0 },
      withheld: true,
    }).markup
    assert.ok(!page.includes('<script>'))
    assert.ok(!page.includes('<!--'))
    assert.equal(readStructuredData(page).headline, title)
  })

  it('escapes markup in a hostile article file', () => {
    const fields = ['title', 'standfirst', 'author', 'alt', 'caption'].map(
      (name) => `${name}: '"><img src=x>'`,
    )
    const file = `---\n${fields.join('\n')}\nsection: local\ntags: ['"><img src=x>']\npublished: 2026-11-01T00:00:00-04:00\nclass: metered\npicture: a.svg\n---\n<img src=x>`
    const page = renderArticlePage({
      article: parseArticle('hostile.md', file),
      more: [],
      request: { origin: '"><img src=x>', now: 0 },
      withheld: false,
    })
    const data = /<script type="application\/ld\+json">.*?<\/script>/s
    assert.ok(!page.markup.replace(data, '').includes('<img src=x>'))
  })

  it('leads a reader who follows its first link through every article before one comes back', async () => {
    const seen = new Set<string>()
    let id = articles[0]?.id ?? ''
    while (!seen.has(id)) {
      seen.add(id)
      const { text } = await paper.get(`/${id}`).expect(200)
      id = /More from the Lantern.*?href="\/(\d{4}\/[^"]+)"/s.exec(text)?.[1] ?? ''
    }
    assert.equal(seen.size, articles.length)
  })
})

describe('an address that is not there', () => {
  it('is answered in the paper’s dress when it looks like an article or a section', async () => {
    for (const path of ['/2026/11/never-written', '/section/gossip']) {
      const { text } = await paper.get(path).expect(404).expect('content-type', /html/)
      assert.match(text, /Lost in the fog/)
      assert.match(text, /The Harbor Lantern/)
    }
  })

  it('is left to the next handler when it is none of the paper’s', async () => {
    for (const path of ['/v1/checkout/a1', '/docs', '/newsrack.js', '/pictures/none.svg', '/20/1/x']) {
      const { text } = await paper.get(path).expect(404)
      assert.equal(text, 'the next handler')
    }
  })
})

describe('every page', () => {
  const paths = [
    '/',
    '/section/gossip',
    ...sections.map(({ id }) => `/section/${id}`),
    ...articles.map(({ id }) => `/${id}`),
  ]

  for (const path of paths) {
    it(`${path} has no inline style, no inline script, and room kept for its pictures`, async () => {
      const { text } = await paper.get(path)
      assert.ok(!/\sstyle=|<style|\son\w+=/i.test(text))
      const scripts = text.match(/<script[^>]*>/g) ?? []
      assert.ok(
        scripts.every((tag) => tag.includes('application/ld+json') || tag.includes('src="/newsrack.js"')),
      )
      const images = text.match(/<img[^>]*>/g) ?? []
      assert.ok(images.length > 0)
      assert.ok(images.every((tag) => /width="\d+" height="\d+" alt="/.test(tag)))
      assert.equal(text.match(/<h1/g)?.length, 1)
      assert.match(text, /<html lang="en-US">/)
      assert.match(text, /<a class="skip" href="#main">/)
    })
  }
})
