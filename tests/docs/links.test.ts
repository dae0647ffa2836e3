import assert from 'node:assert/strict'
import { existsSync, statSync } from 'node:fs'
import { describe, it } from 'node:test'
import { anchors, markdownFiles, readText, root, withoutCodeBlocks } from './markdown.ts'

type Link = { page: string; target: string }

const links = markdownFiles().flatMap((page) =>
  [...withoutCodeBlocks(readText(page)).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']): Link => ({ page, target }))
    .filter(({ target }) => !/^(?:[a-z]+:|\/)/i.test(target)),
)

describe('the links between documents', () => {
  it('are there to be followed', () => {
    assert.ok(links.length > 30, `${links.length} links`)
    assert.ok(new Set(links.map(({ page }) => page)).size >= 8)
  })

  it('lead to a file, and to a heading that it has', () => {
    assert.deepEqual(links.filter(leadsNowhere), [])
  })

  it('reach every page from the README or from a page it leads to', () => {
    const reached = new Set(['README.md'])
    for (const page of reached) {
      for (const link of links.filter((link) => link.page === page)) {
        const { path } = whereTo(link)
        if (path.endsWith('.md')) reached.add(path)
        if (path.endsWith('/'))
          for (const other of markdownFiles()) if (other.startsWith(path)) reached.add(other)
      }
    }
    const ours = markdownFiles().filter((page) => page.startsWith('docs/') || !page.includes('/'))
    assert.deepEqual(
      ours.filter((page) => !reached.has(page)),
      [],
    )
  })
})

function leadsNowhere(link: Link): boolean {
  const { path, anchor } = whereTo(link)
  const file = new URL(path, root)
  if (!existsSync(file)) return true
  if (anchor === '') return false
  return statSync(file).isDirectory() || !anchors(readText(path)).includes(anchor)
}

function whereTo({ page, target }: Link): { path: string; anchor: string } {
  const address = new URL(target, new URL(page, root))
  return { path: address.href.slice(root.href.length).split('#')[0] ?? '', anchor: address.hash.slice(1) }
}
