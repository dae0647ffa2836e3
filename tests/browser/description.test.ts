import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import type { Browser } from 'playwright-core'
import { openBrowser } from '../support/browser.ts'
import { metered, stopped } from './answers.ts'
import { type ArticlePage, structuredData, usualStructure } from './article-page.ts'
import { type Newsstand, openNewsstand } from './newsstand.ts'
import { answered, assertUntouched, stopClock, visit } from './visit.ts'

const { hasPart, ...withoutParts } = usualStructure
const website = '<meta property="og:type" content="website">'

describe('what the page says of itself', () => {
  let browser: Browser
  let stand: Newsstand

  before(async () => {
    ;[browser, stand] = await Promise.all([openBrowser(), openNewsstand()])
  })
  after(async () => {
    await browser.close()
    await stand.close()
  })
  beforeEach(() => stand.clear())

  const understood: [what: string, page: ArticlePage, article: Record<string, unknown>][] = [
    [
      'in a list of structured data',
      { structured: [{ '@type': 'WebSite', url: '/' }, usualStructure] },
      { id: '2026/11/flood-aid', section: 'world', tags: ['asia', 'floods'] },
    ],
    [
      'in a graph, where the article is one of many things',
      {
        structured: {
          '@context': 'https://schema.org',
          '@graph': [
            { '@type': 'Organization', name: 'The Harbor Lantern' },
            {
              ...usualStructure,
              '@id': '#article',
              '@type': ['Article', 'NewsArticle'],
              mainEntityOfPage: { '@id': '/article' },
            },
          ],
        },
      },
      { id: 'ORIGIN/article#article', section: 'world', tags: ['asia', 'floods'] },
    ],
    [
      'of several articles the one that is at this address',
      {
        structured: [
          { '@type': 'NewsArticle', url: '/another', articleSection: 'sports' },
          { ...usualStructure, url: 'https://www.example.com/article/' },
        ],
      },
      { id: '2026/11/flood-aid', section: 'world', tags: ['asia', 'floods'] },
    ],
    [
      'by the paper’s own identifier, before the address',
      { structured: { ...usualStructure, '@id': 'https://example.com/article', identifier: 'a-17' } },
      { id: 'a-17', section: 'world', tags: ['asia', 'floods'] },
    ],
    [
      'with its freedom written as a word',
      {
        structured: {
          ...usualStructure,
          isAccessibleForFree: 'False',
          hasPart: [{ ...hasPart, isAccessibleForFree: 'http://schema.org/False' }],
        },
      },
      { id: '2026/11/flood-aid', section: 'world', tags: ['asia', 'floods'] },
    ],
    [
      'as free to all, and then nothing need be closed',
      { structured: { ...withoutParts, isAccessibleForFree: 'True' } },
      { id: '2026/11/flood-aid', section: 'world', tags: ['asia', 'floods'], class: 'free' },
    ],
    [
      'in its canonical address and meta tags alone',
      {
        structured: null,
        attributes: 'data-content=".article-body"',
        head: `<link rel="canonical" href="https://www.example.com/2026/flood-aid">
          <meta property="og:type" content="article"><meta property="article:section" content="World">
          <meta property="article:tag" content="asia"><meta property="article:tag" content="floods">
          <meta property="article:content_tier" content="locked">`,
      },
      {
        id: 'https://www.example.com/2026/flood-aid',
        section: 'World',
        tags: ['asia', 'floods'],
        class: 'premium',
      },
    ],
    [
      'in data attributes, before all else',
      {
        attributes:
          'data-site="demo" data-article="x" data-section="y" data-tags="a, b" data-class="registered" data-content="article"',
      },
      { id: 'x', section: 'y', tags: ['a', 'b'], class: 'registered' },
    ],
  ]
  for (const [what, page, article] of understood) {
    it(`is understood ${what}`, async () => {
      stand.decide(metered(4))
      stand.print(page)
      await using reader = await visit({ browser, stand })
      await answered(reader.page)
      const id = String(article.id).replace('ORIGIN', stand.origin)
      assert.deepEqual(articleOf(stand.asked[0]?.body), { ...article, id, url: `${stand.origin}/article` })
      assert.deepEqual(reader.said, [])
    })
  }

  it('closes all parts that it says are not free', async () => {
    stand.decide(stopped)
    stand.print({
      structured: {
        ...withoutParts,
        hasPart: ['.teaser', '.rest'].map((cssSelector) => ({ ...hasPart, cssSelector })),
      },
      rest: '<p class="teaser">A teaser.</p><p>Free words.</p><div class="rest"><p>The rest.</p></div>',
    })
    await using reader = await visit({ browser, stand })
    await reader.page.locator('newsrack-wall').waitFor()
    for (const words of ['A teaser.', 'The rest.'])
      assert.equal(await reader.page.getByText(words).isVisible(), false, words)
    assert.ok(await reader.page.getByText('Free words.').isVisible())
  })

  const noArticle: [what: string, page: ArticlePage][] = [
    ['says nothing of itself', { structured: null }],
    ['is a front page', { structured: { '@type': 'WebSite', url: '/' }, head: website }],
    [
      'lists articles that are elsewhere',
      {
        structured: [1, 2].map((number) => ({ ...usualStructure, '@id': `a${number}`, url: `/a${number}` })),
      },
    ],
    ['shows a teaser of an article', { structured: { ...usualStructure, url: '/elsewhere' }, head: website }],
  ]
  for (const [what, page] of noArticle) {
    it(`leaves a page alone that ${what}`, async () => {
      stand.print(page)
      await using reader = await visit({ browser, stand, prepare: stopClock })
      await reader.page.clock.runFor(5_000)
      await assertUntouched(reader.page)
      assert.deepEqual(stand.asked, [])
      assert.deepEqual(reader.said, [])
    })
  }

  const unclear: [what: string, page: ArticlePage, message: RegExp][] = [
    [
      'does not say what is closed',
      { structured: withoutParts },
      /does not say which element holds the text: hasPart\.cssSelector in its structured data, or data-content\.$/,
    ],
    [
      'has structured data that is no JSON',
      { structured: '{ "@type": "NewsArticle", ', head: '<meta property="og:type" content="article">' },
      /does not say which element holds the text.*structured data is no valid JSON\.$/,
    ],
    [
      'names an element that is not there',
      { attributes: 'data-content=".no-such-thing"' },
      /“\.no-such-thing” finds no element\.$/,
    ],
    [
      'has a selector that is none',
      { attributes: 'data-content="p >> nonsense"' },
      /“p >> nonsense” finds no element\.$/,
    ],
    [
      'says that it is free and that a part is not',
      { structured: { ...usualStructure, isAccessibleForFree: true } },
      /both that the article is free and that it is not\.$/,
    ],
    [
      'says the one in its structured data and the other in its meta tags',
      { head: '<meta property="article:content_tier" content="free">' },
      /both that the article is free and that it is not\.$/,
    ],
    [
      'is at another address than its structured data says',
      { structured: { ...usualStructure, url: 'https://www.example.com/other' } },
      /structured data is about https:\/\/www\.example\.com\/other, its own address is .*\/article\.$/,
    ],
    [
      'has two articles at its address',
      { structured: [usualStructure, { ...usualStructure, '@id': 'another' }] },
      /names several articles for this address\.$/,
    ],
  ]
  for (const [what, page, message] of unclear) {
    it(`says one clear sentence and leaves a page alone that ${what}`, async () => {
      stand.print(page)
      await using reader = await visit({ browser, stand, prepare: stopClock })
      await reader.page.evaluate(`document.head.append(document.createElement('style'))`)
      await reader.page.clock.runFor(5_000)
      await reader.newsrackSpoke()
      assert.equal(reader.said.length, 1, reader.said.join('\n'))
      assert.match(reader.said[0] ?? '', /^error: Newsrack: this page is left alone\. /)
      assert.match(reader.said[0] ?? '', message)
      assert.deepEqual(stand.asked, [])
      await assertUntouched(reader.page)
    })
  }

  it('may come in two blocks that say the same', async () => {
    stand.decide(metered(4))
    stand.print({ head: structuredData(usualStructure) })
    await using reader = await visit({ browser, stand })
    await answered(reader.page)
    assert.deepEqual(stand.paths().slice(0, 1), ['/v1/access'])
    assert.deepEqual(reader.said, [])
  })
})

function articleOf(body: unknown): unknown {
  return typeof body === 'object' && body !== null && 'article' in body ? body.article : undefined
}
