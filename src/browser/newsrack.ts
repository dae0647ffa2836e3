import { closeArticle } from './closed-article.ts'
import { writeMeterLine } from './meter-line.ts'
import { findContent, type Page, parsed, readPage, shown } from './page.ts'
import { readerToken } from './reader-token.ts'
import { report } from './report.ts'
import { type Answer, connectService } from './service.ts'
import { defineWall } from './wall.ts'
import { createWithheldText } from './withheld-text.ts'

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
  const text = page.contentUrl ? createWithheldText({ url: page.contentUrl, content, askAgain }) : null
  const outcome = await asked
  if (outcome.kind !== 'answer') report(outcome)
  else if (outcome.value.granted) show(outcome.value)
  else closeArticle({ page, content, service, answer: outcome.value, onOpen: show })

  function show(answer: Answer): void {
    writeMeterLine(answer)
    void text?.show(answer)
  }

  async function askAgain(): Promise<Answer | null> {
    const again = await service.view(page.reading())
    return again.kind === 'answer' && again.value.granted ? again.value : null
  }
}
