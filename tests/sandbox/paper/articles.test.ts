import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { loadArticles, parseArticle } from '../../../src/sandbox/paper/articles.ts'
import { sections } from '../../../src/sandbox/paper/sections.ts'

const articles = loadArticles()
const pictures = new URL('../../../src/sandbox/paper/pictures/', import.meta.url)

const frontMatter = `title: A title
standfirst: A standfirst.
section: local
tags: [one]
author: Somebody
published: 2026-11-30T23:30:00-05:00
class: metered
picture: a-picture.svg
alt: A picture.
caption: A caption.`

describe('the articles of the Lantern', () => {
  it('are 12, newest first, each at an address of its own', () => {
    assert.equal(articles.length, 12)
    assert.equal(new Set(articles.map((article) => article.id)).size, 12)
    const times = articles.map((article) => Date.parse(article.published))
    assert.deepEqual(
      times,
      times.toSorted((a, b) => b - a),
    )
  })

  it('show no markup that the paper does not know', () => {
    for (const { id, lead, rest } of articles) {
      assert.doesNotMatch(lead.markup + rest.markup, /(?<!\w)[_*]\w|\]\(/, id)
    }
  })

  it('give every section something to show, and the reader one article that is always open', () => {
    const used = new Set(articles.map((article) => article.section))
    assert.deepEqual(
      sections.filter((section) => !used.has(section.id)),
      [],
    )
    assert.equal(articles.filter((article) => article.class === 'free').length, 1)
  })

  for (const article of articles) {
    it(`${article.id} begins with a paragraph, runs 350 to 600 words and has a picture below 12 kB`, () => {
      const body = article.lead.markup + article.rest.markup
      assert.match(body, /^<p>/)
      const words = body.replaceAll(/<[^>]+>/g, ' ').match(/\S+/g)?.length ?? 0
      assert.ok(words >= 350 && words <= 600, `${words} words`)
      const picture = readFileSync(new URL(article.picture, pictures), 'utf8')
      assert.match(picture, /viewBox="0 0 1200 675"/)
      assert.ok(Buffer.byteLength(picture) < 12_000)
    })
  }
})

describe('an article file', () => {
  it('is addressed by its month where it was published, not by the month in UTC', () => {
    assert.equal(parseArticle('late-news.md', `---\n${frontMatter}\n---\nText.`).id, '2026/11/late-news')
  })

  it('is refused by name when a field is missing, unknown or wrong', () => {
    const faulty = [
      frontMatter.replace('author: Somebody\n', ''),
      `${frontMatter}\nmood: gloomy`,
      frontMatter.replace('section: local', 'section: gossip'),
      frontMatter.replace('-05:00', ''),
    ]
    for (const fields of faulty) {
      assert.throws(() => parseArticle('faulty.md', `---\n${fields}\n---\nText.`), /^Error: faulty\.md: /)
    }
  })

  it('is refused by name when it has no front matter', () => {
    assert.throws(() => parseArticle('bare.md', 'Text.'), /bare\.md has no front matter/)
  })
})
