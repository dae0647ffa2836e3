import { fileURLToPath } from 'node:url'
import express from 'express'
import { grantGuard } from '../../verify/express.ts'
import { renderArticlePage } from './article-page.ts'
import { type Article, loadArticles } from './articles.ts'
import { renderFrontPage } from './front-page.ts'
import { isVerifiedCrawler, type Newsrack } from './newsrack.ts'
import { renderNotFoundPage } from './not-found-page.ts'
import type { PageRequest } from './page.ts'
import { renderSectionPage } from './section-page.ts'
import { findSection } from './sections.ts'

const folder = fileURLToPath(new URL('.', import.meta.url))

/**
 * The demonstration newspaper, to be mounted at `/`. It answers its own addresses only (front page, sections, articles
 * and their texts, pictures, style sheet, icon) and leaves every other to the next handler. `now` is in epoch ms. Throws
 * at once when an article file is malformed.
 */
export function demoPaper({ now, newsrack }: { now: () => number; newsrack: Newsrack }): express.Router {
  const [newest, ...others] = loadArticles()
  if (newest === undefined) throw new Error('the demo newspaper has no articles')
  const articles = [newest, ...others] as const
  const byId = new Map(articles.map((article) => [article.id, article]))
  const router = express.Router()

  router.use(
    '/pictures',
    express.static(`${folder}pictures`, { maxAge: '1d', index: false, redirect: false }),
  )
  for (const file of ['paper.css', 'favicon.svg']) {
    router.get(`/${file}`, (_req, res) => res.sendFile(file, { root: folder, maxAge: '5m' }))
  }

  router.get('/', (req, res) => {
    res.type('html').send(renderFrontPage(articles, toRequest(req, now)).markup)
  })

  router.get('/section/:section', (req, res) => {
    const section = findSection(req.params.section)
    if (section === undefined) return sendNotFound(req, res)
    res.type('html').send(renderSectionPage(section, articles, toRequest(req, now)).markup)
  })

  router.get('/:yyyy/:mm/:slug', async (req, res, next) => {
    const { yyyy, mm } = req.params
    if (!/^\d{4}$/.test(yyyy) || !/^\d{2}$/.test(mm)) return next()
    const article = byId.get(idOf(req.params))
    if (article === undefined) return sendNotFound(req, res)
    const client = { address: req.ip ?? '', userAgent: req.get('user-agent') ?? '' }
    const isForCrawlers =
      withholds(article) && (await isVerifiedCrawler(newsrack, { article: article.id, client }))
    if (isForCrawlers) res.set('Cache-Control', 'private, no-store')
    const page = renderArticlePage({
      article,
      more: nextThree(articles, article),
      request: toRequest(req, now),
      withheld: withholds(article) && !isForCrawlers,
    })
    res.type('html').send(page.markup)
  })

  const guard = grantGuard<express.Request<ArticleParams>>({
    service: newsrack.publicUrl,
    keys: new URL('/.well-known/jwks.json', newsrack.address),
    site: newsrack.site,
    now,
    articleOf({ params }) {
      const article = byId.get(idOf(params))
      return article === undefined || article.class === 'free'
        ? null
        : { id: article.id, class: article.class }
    },
  })

  router.get('/:yyyy/:mm/:slug/text', guard, (req, res, next) => {
    const article = byId.get(idOf(req.params))
    if (article === undefined) return next()
    res.set('X-Robots-Tag', 'noindex').type('html').send(article.rest.markup)
  })

  function withholds(article: Article): boolean {
    return article.class !== 'free' && newsrack.withholdsText()
  }

  function sendNotFound(req: express.Request, res: express.Response): void {
    const page = renderNotFoundPage(req.path, articles.slice(0, 3), toRequest(req, now))
    res.status(404).type('html').send(page.markup)
  }

  return router
}

type ArticleParams = { yyyy: string; mm: string; slug: string }

function idOf({ yyyy, mm, slug }: ArticleParams): string {
  return `${yyyy}/${mm}/${slug}`
}

function toRequest(req: express.Request, now: () => number): PageRequest {
  return { origin: `${req.protocol}://${req.get('host') ?? 'localhost'}`, now: now() }
}

/** The three after this one, going round, so that whoever follows the links meets every article once. */
function nextThree(articles: readonly Article[], article: Article): Article[] {
  const next = articles.indexOf(article) + 1
  return [...articles.slice(next), ...articles.slice(0, next)].slice(0, 3)
}
