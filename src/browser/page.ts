import type { Reading } from './service.ts'

/** What the page says of itself in the script tag's data attributes. */
export interface Page {
  serviceOrigin: string
  site: string | undefined
  contentSelector: string
  /** Where the text is that the page leaves out. */
  contentUrl: string | undefined
  /** The article as the service is asked about it, with the address and referrer of this moment. */
  reading: () => Reading
}

/** Reads the script tag; null for a page that names no article. */
export function readPage(script: Document['currentScript']): Page | null {
  if (!(script instanceof HTMLScriptElement)) return null
  const { site, article, section, tags, class: articleClass, content, contentUrl } = script.dataset
  if (!article) return null
  return {
    serviceOrigin: new URL(script.src).origin,
    site,
    contentSelector: content ?? '',
    contentUrl,
    reading: () => ({
      site,
      article: {
        id: article,
        section,
        tags: tags ? words(tags) : undefined,
        class: articleClass,
        url: location.origin + location.pathname,
      },
      referrer: document.referrer || undefined,
    }),
  }
}

/** Resolves once a person can see the page: a prerendered or background tab has not been read. */
export async function shown(): Promise<void> {
  if (document.prerendering) await happened('prerenderingchange')
  while (document.visibilityState === 'hidden') await happened('visibilitychange')
}

/** Resolves once the article is in the document: an async script may run before it. */
export async function parsed(): Promise<void> {
  if (document.readyState === 'loading') await happened('DOMContentLoaded')
}

/** The element that holds the article's text; null if the selector is wrong. */
export function findContent(selector: string): Element | null {
  try {
    return document.querySelector(selector)
  } catch {
    return null
  }
}

function words(list: string): string[] {
  return list
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean)
}

function happened(event: string): Promise<unknown> {
  return new Promise((resolve) => document.addEventListener(event, resolve, { once: true }))
}

declare global {
  interface Document {
    /** Not in the DOM library yet; browsers without prerendering leave it out. */
    readonly prerendering?: boolean
  }
}
