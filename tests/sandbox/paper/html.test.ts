import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { html } from '../../../src/sandbox/paper/html.ts'

describe('the html template', () => {
  it('escapes every character that could leave an element or an attribute', () => {
    assert.equal(
      String(html`<p title="${`"'`}">${'<b>&</b>'}</p>`),
      '<p title="&quot;&#39;">&lt;b&gt;&amp;&lt;/b&gt;</p>',
    )
  })

  it('puts markup made by the template in as it is, alone or in a list', () => {
    assert.equal(
      String(html`<ul>${['a', '<'].map((item) => html`<li>${item}</li>`)}</ul>`),
      '<ul><li>a</li><li>&lt;</li></ul>',
    )
  })

  it('leaves nothing where a value is missing and writes a zero', () => {
    assert.equal(String(html`[${undefined}${0}]`), '[0]')
  })
})
