import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { renderMarkdown } from '../../../src/sandbox/paper/markdown.ts'

describe('the Markdown of the articles', () => {
  it('sets paragraphs, headings, quotes and lists', () => {
    const source = 'One\nline.\n\n## Part *two*\n\n> Quoted\n> twice\n\n- a\n- b\n\n1. c\n2. d'
    assert.equal(
      renderMarkdown(source).markup,
      [
        '<p>One line.</p>',
        '<h2>Part <em>two</em></h2>',
        '<blockquote><p>Quoted twice</p></blockquote>',
        '<ul><li>a</li><li>b</li></ul>',
        '<ol><li>c</li><li>d</li></ol>',
      ].join('\n'),
    )
  })

  it('links to a page of the paper and to nowhere else', () => {
    assert.equal(renderMarkdown('[here](/2026/11/x)').markup, '<p><a href="/2026/11/x">here</a></p>')
    assert.equal(renderMarkdown('[there](javascript:alert)').markup, '<p>[there](javascript:alert)</p>')
    assert.equal(renderMarkdown('[there](//elsewhere)').markup, '<p>[there](//elsewhere)</p>')
  })

  it('escapes markup in the text', () => {
    assert.equal(renderMarkdown('**<script>**').markup, '<p><strong>&lt;script&gt;</strong></p>')
  })
})
