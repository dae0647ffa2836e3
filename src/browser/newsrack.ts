import { closeArticle } from './closed-article.ts'
import { writeMeterLine } from './meter-line.ts'
import { findContent, type Page, parsed, readPage, shown } from './page.ts'
import { readerToken } from './reader-token.ts'
import { connectService, type Failure } from './service.ts'
import { defineWall } from './wall.ts'

const page = readPage(document.currentScript)

// A second copy of the script finds the wall already defined and leaves the article to the first.
if (page && defineWall()) {
  openArticle(page).catch((reason) => report({ kind: 'unreachable', detail: String(reason) }))
}

async function openArticle(page: Page): Promise<void> {
  const service = connectService({ origin: page.serviceOrigin, token: readerToken(() => localStorage) })
  await shown()
  const asked = service.view(page.reading())
  await parsed()
  const content = findContent(page.contentSelector)
  if (!content) {
    console.error(
      `Newsrack: data-content="${page.contentSelector}" finds no element, so the article stays open.`,
    )
    return
  }
  const outcome = await asked
  if (outcome.kind !== 'answer') report(outcome)
  else if (outcome.value.granted) writeMeterLine(outcome.value)
  else closeArticle({ page, content, service, answer: outcome.value })
}

/** A refusal (4xx) is the page's mistake and for its developer to see; anything else passes. */
function report(failure: Failure): void {
  if (failure.kind === 'problem' && failure.status < 500) {
    console.error(`Newsrack: ${failure.detail} The article stays open.`)
  } else {
    console.info(`Newsrack: no answer (${failure.detail}), so the article stays open.`)
  }
}
