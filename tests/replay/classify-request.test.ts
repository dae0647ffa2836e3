import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { classifyRequest } from '../../src/replay/classify-request.ts'

function classify(target: string, { method = 'GET', status = 200 } = {}) {
  return classifyRequest({ request: { method, target }, status })
}

describe('what a request in a log was for', () => {
  const pages = {
    '/': '/',
    '/2026/11/flood-aid': '/2026/11/flood-aid',
    '/2026/11/flood-aid/': '/2026/11/flood-aid',
    '/2026//11/flood-aid//': '/2026/11/flood-aid',
    '/flood-aid?utm_source=rss&page=2': '/flood-aid',
    '/flood-aid#comments': '/flood-aid',
    '/blog/jquery%20mobile': '/blog/jquery mobile',
    '/caf%C3%A9': '/café',
    '/caf%e9': '/caf%E9',
    '/100%': '/100%',
    '/a%2fb%3Fc%25': '/a%2Fb%3Fc%25',
    '/a%0Ab': '/a%0Ab',
    '/story.html': '/story.html',
    '/index.php?p=7': '/index.php',
    '/version-3.0': '/version-3.0',
    '/blog/images/how-we-take-them': '/blog/images/how-we-take-them',
    '/feeding-the-world': '/feeding-the-world',
  }
  for (const [target, articleId] of Object.entries(pages)) {
    it(`takes ${target} for the article ${articleId}`, () => {
      assert.deepEqual(classify(target), { kind: 'page', articleId, url: null })
    })
  }

  it('knows the address of a page when the request names its host', () => {
    assert.deepEqual(classify('https://example.org/a?b=c'), {
      kind: 'page',
      articleId: '/a',
      url: 'https://example.org/a?b=c',
    })
  })

  const rest = [
    ['/logo.png', 'asset', 'image'],
    ['/logo.PNG?v=2', 'asset', 'image'],
    ['/site.css', 'asset', 'style'],
    ['/app.mjs', 'asset', 'script'],
    ['/a/b.woff2', 'asset', 'font'],
    ['/talk.mp4', 'asset', 'media'],
    ['/src.tar.gz', 'asset', 'archive'],
    ['/report.pdf', 'asset', 'document'],
    ['/notes.txt', 'asset', 'plain file'],
    ['/robots.txt', 'asset', 'robots.txt'],
    ['/favicon.ico', 'asset', 'favicon'],
    ['/apple-touch-icon-precomposed.png', 'asset', 'favicon'],
    ['/static/bundle', 'asset', 'static folder'],
    ['/files/', 'asset', 'static folder'],
    ['/feed', 'feed', 'by path'],
    ['/feed/', 'feed', 'by path'],
    ['/world/feed', 'feed', 'by path'],
    ['/rss/world', 'feed', 'by path'],
    ['/index.rss', 'feed', 'by path'],
    ['/blog/atom', 'feed', 'by path'],
    ['/sitemap.xml', 'feed', 'xml'],
    ['/blog/tags/puppet?flav=rss20', 'feed', 'by query'],
    ['/?feed=atom', 'feed', 'by query'],
    ['*', 'other', 'not a path'],
    ['http://', 'other', 'not a path'],
  ] as const
  for (const [target, kind, detail] of rest) {
    it(`takes ${target} for ${kind}, ${detail}`, () => assert.deepEqual(classify(target), { kind, detail }))
  }

  it('leaves out what was not asked for with GET', () => {
    assert.deepEqual(classify('/a', { method: 'post' }), { kind: 'other', detail: 'method POST' })
  })

  it('leaves out what was not answered with the page', () => {
    assert.deepEqual(classify('/a', { status: 404 }), { kind: 'other', detail: 'status 404' })
    assert.deepEqual(classify('/a.png', { status: 301 }), { kind: 'other', detail: 'status 301' })
  })

  it('takes a page that the reader had already for a page', () => {
    assert.equal(classify('/a', { status: 304 }).kind, 'page')
  })

  it('leaves out a line without a request', () => {
    assert.deepEqual(classifyRequest({ request: null, status: 408 }), { kind: 'other', detail: 'no request' })
  })
})
