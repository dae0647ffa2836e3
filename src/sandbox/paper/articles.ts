import { readdirSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Html } from './html.ts'
import { renderMarkdown } from './markdown.ts'
import { sectionIds } from './sections.ts'

const FrontMatter = z.strictObject({
  title: z.string().min(1),
  standfirst: z.string().min(1),
  section: z.enum(sectionIds),
  tags: z.array(z.string()).min(1),
  author: z.string().min(1),
  published: z.iso.datetime({ offset: true }),
  class: z.enum(['free', 'metered']),
  picture: z.string().regex(/^[a-z-]+\.svg$/),
  alt: z.string().min(1),
  caption: z.string().min(1),
})

/**
 * `id` is year, month and file name, as in `2026/11/flood-aid`. The body is rendered and safe: its first paragraph, which
 * everyone may read, and the rest.
 */
export type Article = z.infer<typeof FrontMatter> & { id: string; lead: Html; rest: Html }

const folder = new URL('articles/', import.meta.url)

/** Reads every article of the paper, newest first. Throws, naming the file, when one is malformed. */
export function loadArticles(): Article[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.md'))
  const articles = files.map((file) => parseArticle(file, readFileSync(new URL(file, folder), 'utf8')))
  return articles.sort((a, b) => Date.parse(b.published) - Date.parse(a.published))
}

/** Parses one Markdown file with YAML front matter. Throws, naming the file, when it is malformed. */
export function parseArticle(file: string, text: string): Article {
  const [, frontMatter, body] = /^---\n(.*?)\n---\n(.+)$/s.exec(text) ?? []
  if (frontMatter === undefined || body === undefined) throw new Error(`${file} has no front matter`)
  const parsed = FrontMatter.safeParse(parse(frontMatter))
  if (!parsed.success) throw new Error(`${file}: ${z.prettifyError(parsed.error)}`)
  const [lead = '', ...rest] = body.trim().split(/\n{2,}/)
  return {
    ...parsed.data,
    id: articleId(file, parsed.data.published),
    lead: renderMarkdown(lead),
    rest: renderMarkdown(rest.join('\n\n')),
  }
}

function articleId(file: string, published: string): string {
  const [year, month] = published.split('-')
  return `${year}/${month}/${file.replace(/\.md$/, '')}`
}
