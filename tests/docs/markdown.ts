import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The project's folder, with a slash at the end. */
export const root = new URL('../../', import.meta.url)

export function readText(path: string): string {
  return readFileSync(new URL(path, root), 'utf8')
}

const notOurs = /^(node_modules|dist|data|\.git)(\/|$)/

/** Every Markdown file of the project, as paths from its folder. */
export function markdownFiles(): string[] {
  const folder = fileURLToPath(root)
  const top = readdirSync(folder).filter((name) => !notOurs.test(name))
  const below = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !notOurs.test(entry.name))
    .flatMap(({ name }) =>
      readdirSync(new URL(name, root), { recursive: true, encoding: 'utf8' }).map(
        (path) => `${name}/${path}`,
      ),
    )
  return [...top, ...below].filter((path) => path.endsWith('.md')).sort()
}

/** The text of the headings of one level, `##` being 2, without what only looks like one inside a code block. */
export function headings(markdown: string, level: number): string[] {
  const sign = `${'#'.repeat(level)} `
  return withoutCodeBlocks(markdown)
    .split('\n')
    .filter((line) => line.startsWith(sign))
    .map((line) => line.slice(sign.length).trim())
}

/** The part of a page below one second-level heading. */
export function section(markdown: string, heading: string): string {
  const parts = `\n${markdown}`.split('\n## ')
  return parts.find((part) => part.startsWith(`${heading}\n`)) ?? ''
}

/** What stands as code in the first column of a text's tables. */
export function firstColumnCode(markdown: string): string[] {
  return [...markdown.matchAll(/^\| `([^`]+)`/gm)].map(([, code = '']) => code)
}

/** The anchors that a page's headings have, as GitHub makes them. */
export function anchors(markdown: string): string[] {
  return [1, 2, 3, 4]
    .flatMap((level) => headings(markdown, level))
    .map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}_\- ]/gu, '')
        .replaceAll(' ', '-'),
    )
}

export function withoutCodeBlocks(markdown: string): string {
  return markdown.replace(/^```.*?^```$/gms, '')
}
