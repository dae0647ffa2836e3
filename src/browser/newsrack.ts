import { type ArticleVisit, visitArticle } from './article-visit.ts'
import { parsed } from './attention.ts'
import { watchChanges } from './changes.ts'
import { openHub } from './hub.ts'
import { type Description, describePage } from './page.ts'
import { readerToken } from './reader-token.ts'
import { connectService, type Service } from './service.ts'
import { NewsrackWall } from './wall.ts'

const complainAfterMs = 1_000

const ownAddress = addressOf(document.currentScript)
let visit: ArticleVisit | null = null
const hub = openHub(async () => visit?.ask())
// A second copy of the script leaves the page to the first.
if (hub) void start(hub)

async function start(hub: NonNullable<ReturnType<typeof openHub>>): Promise<void> {
  const service = connectService({
    origin: new URL(ownAddress).origin,
    token: readerToken(() => localStorage),
  })
  const joined = joinSession(service)
  let { referrer } = document
  let here = location.href
  let complaint: number | undefined
  let unclear = ''

  customElements.define('newsrack-wall', NewsrackWall)
  await parsed()
  await joined
  look()
  watchChanges(look)
  // A snapshot for going back is to hold the article as the paper made it.
  document.addEventListener('turbo:before-cache', leave)

  /**
   * Follows the page from one article to the next, whether it was loaded or a router drew it. Returns what is unclear
   * about it, if anything.
   */
  function look(): string {
    const description = describePage(tag())
    complainOf(description)
    if (description.kind === 'article' && isSame(description.page, visit?.page)) {
      visit?.redrawn(description.page)
      return unclear
    }
    leave()
    if (description.kind !== 'article') return unclear
    if (location.href !== here) {
      referrer = here
      here = location.href
    }
    visit = visitArticle({ page: description.page, referrer, service, hub })
    void visit.ask()
    return unclear
  }

  function leave(): void {
    visit?.end()
    visit = null
  }

  /** A page that is being drawn may contradict itself for a moment, and nothing tells when its address has followed. */
  function complainOf(description: Description): void {
    const why = description.kind === 'unclear' ? description.why : ''
    if (why === unclear) return
    unclear = why
    clearTimeout(complaint)
    if (!why) return
    complaint = setTimeout(() => {
      if (look() === why) complain(why)
    }, complainAfterMs)
  }

  function complain(detail: string): void {
    console.error(`Newsrack: this page is left alone. ${detail}`)
    hub.tell('error', { kind: 'page', code: null, detail })
  }
}

/** Uses the code that a mailed link has led back with, and takes it out of the address before any script keeps it. */
async function joinSession({ exchange }: Service): Promise<void> {
  const [address, code] = location.href.split(/[#&]newsrack=/)
  if (!code) return
  history.replaceState(history.state, '', address)
  await exchange(code)
}

function isSame(page: ArticleVisit['page'], other: ArticleVisit['page'] | undefined): boolean {
  return page.id === other?.id && page.site === other.site && page.class === other.class
}

/** The script tag; the last of several, for routers leave old ones behind. */
function tag(): HTMLScriptElement | null {
  return [...document.scripts].reverse().find(({ src }) => src === ownAddress) ?? null
}

function addressOf(script: Document['currentScript']): string {
  const own = script instanceof HTMLScriptElement ? script : document.querySelector<HTMLScriptElement>(anyTag)
  return own?.src || location.href
}

const anyTag = 'script[src*="/newsrack.js"]'
