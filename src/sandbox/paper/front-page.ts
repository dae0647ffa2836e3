import type { Article } from './articles.ts'
import { type Html, html } from './html.ts'
import { type PageRequest, renderPage } from './page.ts'
import { renderStory } from './stories.ts'

/** The front page: the newest article leads, two stand beside it, the rest fill the grid. */
export function renderFrontPage(articles: readonly [Article, ...Article[]], request: PageRequest): Html {
  const [lead, ...others] = articles
  return renderPage({
    request,
    path: '/',
    kind: 'front',
    title: 'The Harbor Lantern: news from Port Ellery',
    description: 'News, council, sports, food and opinion from the harbor town of Port Ellery.',
    illustration: lead,
    section: undefined,
    head: html``,
    main: html`<section class="top" aria-labelledby="top">
<h2 id="top" class="unseen">Top stories</h2>
${renderStory(lead, { look: 'lead', eager: true })}
<div class="beside">${others.slice(0, 2).map((article) => renderStory(article, { look: 'tall', eager: true }))}</div>
</section>
${howThisDemoWorks(lead)}
<section class="rest" aria-labelledby="rest">
<h2 id="rest" class="rule">More of today’s paper</h2>
<div class="grid">${others.slice(2).map((article) => renderStory(article, { look: 'card' }))}</div>
</section>`,
  })
}

function howThisDemoWorks(lead: Article): Html {
  return html`<aside class="demo" id="demo" aria-labelledby="demo-title">
<h2 id="demo-title">How this demo works</h2>
<p>You have five free articles a month; the sixth meets the wall. Subscribe with the test card <span class="card-number">4242 4242 4242 4242</span>, any future date and any code. No money moves.</p>
<p>Then watch the whole life of a subscription: <a href="/sandbox/controls">move the clock</a> to when the introductory period ends, read <a href="/sandbox/outbox">the mails you would get</a>, have things go wrong.</p>
<p class="links"><a href="/${lead.id}">New here? Start reading</a> <a href="/sandbox/controls">Move the clock</a> <a href="/sandbox/outbox">Mails you would get</a> <a href="/docs">API reference</a></p>
</aside>`
}
