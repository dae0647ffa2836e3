import { readStructuredData, type StructuredArticle } from './structured-data.ts'

/** What a page says of the article it holds. */
export interface Page {
  site: string | undefined
  id: string
  section: string | undefined
  tags: string[] | undefined
  class: string | undefined
  /** The elements with the text that is closed; none where nothing is ever closed. */
  contents: HTMLElement[]
  /** Where the text is that the page leaves out. */
  contentUrl: string | undefined
}

/** `none`: the page is no article. `unclear`: it is one, but says too little or contradicts itself. */
export type Description =
  | { kind: 'article'; page: Page }
  | { kind: 'none' }
  | { kind: 'unclear'; why: string }

/**
 * Reads what the page says of itself: data attributes of the script tag before JSON-LD before the canonical link and
 * `article:` meta tags.
 */
export function describePage(script: HTMLScriptElement | null): Description {
  const {
    site,
    article: id,
    section,
    tags,
    class: ownClass,
    content,
    contentUrl,
  } = script?.dataset ?? noAttributes
  const { articles, isBroken } = readStructuredData()
  const structured = thisArticle(articles)
  if (structured === 'several' && !id)
    return unclear('Its structured data names several articles for this address.')
  const found = structured === 'several' ? null : structured
  const type = meta('og:type')[0]
  if (
    !id &&
    (found
      ? type && type !== 'article'
      : type !== 'article' && meta('article:section', 'article:published_time').length === 0)
  )
    return { kind: 'none' }
  if (!id && found && !isHere(found))
    return unclear(`Its structured data is about ${found.addresses[0]}, its own address is ${address()}.`)

  const articleClass = ownClass ? { is: ownClass } : classOf(found)
  if (!articleClass) return unclear('It says both that the article is free and that it is not.')
  const selector = content ?? found?.closedParts.join(', ') ?? ''
  const contents = find(selector)
  if (contents.length === 0 && articleClass.is !== 'free') {
    const broken = isBroken ? ' Some of its structured data is no valid JSON.' : ''
    return unclear(
      selector === ''
        ? `It does not say which element holds the text: hasPart.cssSelector in its structured data, or data-content.${broken}`
        : `“${selector}” finds no element.`,
    )
  }
  return {
    kind: 'article',
    page: {
      site,
      id: id || absolute(found?.id) || address(),
      section: (section ?? found?.section ?? meta('article:section')[0])?.slice(0, 100),
      tags: tagsOf(tags?.split(',') ?? (found?.tags.length ? found.tags : meta('article:tag'))),
      class: articleClass.is,
      contents,
      contentUrl,
    },
  }
}

const noAttributes: DOMStringMap = {}

function unclear(why: string): Description {
  return { kind: 'unclear', why }
}

/** Of several articles that the page speaks of the one that it is; null where it is none of them. */
function thisArticle(articles: StructuredArticle[]): StructuredArticle | 'several' | null {
  const [first, ...others] = articles
  if (!first || others.length === 0) return first ?? null
  const here = articles.filter((article) => article.addresses.length > 0 && isHere(article))
  const [own, ...more] = here
  return more.some(({ id }) => id !== own?.id) ? 'several' : (own ?? null)
}

/** By path: a paper's copy for trying things out has another host. */
function isHere({ id, addresses }: StructuredArticle): boolean {
  const said = [...addresses, id].map(absolute).filter((url) => /^https?:\/\/./.test(url))
  const own = [address(), location.href].map(pathOf)
  return said.length === 0 || said.some((url) => own.includes(pathOf(url)))
}

function pathOf(url: string): string {
  return new URL(url).pathname.replace(/\/$/, '')
}

/** The canonical address, else where the browser is; without query and fragment. */
function address(): string {
  const canonical = document.querySelector<HTMLLinkElement>('link[rel="canonical"][href]')
  return canonical?.href || location.origin + location.pathname
}

/** Only what is meant as a part of an address is resolved (`#article`, `/2026/flood-aid`): any other id stands as it is. */
function absolute(id = ''): string {
  return /^[#/]/.test(id) ? new URL(id, address()).href : id
}

/** The class, undefined inside where nothing is said of it; null where the page contradicts itself. */
function classOf(found: StructuredArticle | null): { is: string | undefined } | null {
  const tier = meta('article:content_tier')[0]
  const isFree = found?.isFree ?? (found?.closedParts.length ? false : undefined)
  if (found?.isFree && found.closedParts.length > 0) return null
  if (tier && isFree !== undefined && isFree !== (tier === 'free')) return null
  if (isFree || tier === 'free') return { is: 'free' }
  return { is: tier === 'locked' ? 'premium' : undefined }
}

function meta(...properties: string[]): string[] {
  const selector = properties.map((property) => `meta[property="${property}"]`).join(',')
  return [...document.querySelectorAll<HTMLMetaElement>(selector)]
    .map(({ content }) => content)
    .filter(Boolean)
}

/** As many and as long as the service takes. */
function tagsOf(words: string[]): string[] | undefined {
  const tags = words.map((word) => word.trim()).filter((word) => word && word.length <= 100)
  return tags.length > 0 ? tags.slice(0, 50) : undefined
}

function find(selector: string): HTMLElement[] {
  try {
    return [...document.querySelectorAll<HTMLElement>(selector)]
  } catch {
    return []
  }
}
