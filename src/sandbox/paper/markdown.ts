import { escapeHtml, type Html, trusted } from './html.ts'

/**
 * Renders the little Markdown our articles use: paragraphs, `##` headings, `>` quotes, `-` and `1.` lists, and in a line
 * `**strong**`, `*emphasis*` and `[text](/path)` to a page of the paper. Everything else comes out escaped.
 */
export function renderMarkdown(source: string): Html {
  const blocks = source.trim().split(/\n{2,}/)
  return trusted(blocks.map(renderBlock).join('\n'))
}

function renderBlock(block: string): string {
  const lines = block.split('\n')
  if (block.startsWith('## ')) return `<h2>${renderInline(block.slice(3))}</h2>`
  if (lines.every((line) => line.startsWith('> '))) return renderQuote(lines)
  if (lines.every((line) => line.startsWith('- '))) return renderList('ul', lines)
  if (lines.every((line) => /^\d+\. /.test(line))) return renderList('ol', lines)
  return `<p>${renderInline(lines.join(' '))}</p>`
}

function renderQuote(lines: string[]): string {
  const text = lines.map((line) => line.slice(2)).join(' ')
  return `<blockquote><p>${renderInline(text)}</p></blockquote>`
}

function renderList(tag: 'ul' | 'ol', lines: string[]): string {
  const items = lines.map((line) => `<li>${renderInline(line.replace(/^(-|\d+\.) /, ''))}</li>`)
  return `<${tag}>${items.join('')}</${tag}>`
}

function renderInline(text: string): string {
  return escapeHtml(text)
    .replaceAll(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>')
    .replaceAll(/\*([^*]+)\*/g, '<em>$1</em>')
    .replaceAll(/\[([^\]]+)\]\((\/\w[\w/-]*)\)/g, '<a href="$2">$1</a>')
}
