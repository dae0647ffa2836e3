import { isRecord, type JsonRecord } from './record.ts'

/** What a page's JSON-LD says of one article. */
export interface StructuredArticle {
  /** Its own identifier, else its name in the graph, else its address. */
  id: string | undefined
  /** Where it says the article is. */
  addresses: string[]
  section: string | undefined
  tags: string[]
  /** Undefined where nothing is said of it. */
  isFree: boolean | undefined
  /** CSS selectors of the parts that are not free. */
  closedParts: string[]
}

export interface StructuredData {
  articles: StructuredArticle[]
  /** Whether some of it could not be read as JSON. */
  isBroken: boolean
}

/** Reads the articles of all JSON-LD on the page: alone, in lists, in `@graph`, or as the `mainEntity` of a page. */
export function readStructuredData(): StructuredData {
  const read: StructuredData = { articles: [], isBroken: false }
  for (const { textContent } of document.querySelectorAll('script[type="application/ld+json"]')) {
    try {
      const value: unknown = JSON.parse(textContent ?? '')
      read.articles.push(...nodesOf(value).filter(isArticle).map(articleOf))
    } catch {
      read.isBroken = true
    }
  }
  return read
}

function nodesOf(value: unknown): JsonRecord[] {
  return listOf(value)
    .filter(isRecord)
    .flatMap((node) => [node, ...nodesOf(node['@graph']), ...nodesOf(node.mainEntity)])
}

/** NewsArticle, OpinionNewsArticle, BlogPosting and all the others that schema.org derives from Article. */
function isArticle(node: JsonRecord): boolean {
  return textsOf(node['@type']).some((type) => /(Article|BlogPosting)$|^Report$/.test(type))
}

function articleOf(node: JsonRecord): StructuredArticle {
  const addresses = [node.url, ...idsOf(node.mainEntityOfPage)].flatMap(textsOf)
  const parts = listOf(node.hasPart).filter(isRecord)
  return {
    id: [node.identifier, node['@id'], addresses].flatMap(textsOf)[0],
    addresses,
    section: textsOf(node.articleSection)[0],
    tags: textsOf(node.keywords).flatMap((words) => words.split(',')),
    isFree: truthOf(node.isAccessibleForFree),
    closedParts: parts
      .filter((part) => truthOf(part.isAccessibleForFree) === false)
      .flatMap((part) => textsOf(part.cssSelector)),
  }
}

/** An address, or a node that is named by one. */
function idsOf(value: unknown): unknown[] {
  return listOf(value).map((entry) => (isRecord(entry) ? entry['@id'] : entry))
}

/** Written as a boolean, as "True" or as "http://schema.org/False". */
function truthOf(value: unknown): boolean | undefined {
  const word = /(true|false)$/i.exec(String(value))?.[1]?.toLowerCase()
  return word === undefined ? undefined : word === 'true'
}

function textsOf(value: unknown): string[] {
  return listOf(value).filter((entry): entry is string => typeof entry === 'string' && entry.trim() !== '')
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value]
}
