/**
 * What newsrack.js offers to a page's own scripts, as `window.newsrack`. The script loads when it will, so call
 *
 *     (window.newsrack ||= []).push((newsrack) => newsrack.on('wall', ({ answer }) => { … }))
 *
 * The function runs once the script is there, before it has asked anything, or soon if it is there already.
 */
export interface Newsrack {
  /** Calls the listener from now on; returns the function that ends it. */
  on<Name extends keyof NewsrackEvents>(
    event: Name,
    listener: (detail: NewsrackEvents[Name]) => void,
  ): () => void
  /** How things stand at the moment. */
  readonly state: NewsrackState
  /** Asks the service again, for instance after the reader has signed in on the page. Never rejects. */
  ask(): Promise<NewsrackState>
  /** Calls the function soon. */
  push(use: (newsrack: Newsrack) => void): void
}

/** What stands in `window.newsrack` until the script has loaded. */
export type NewsrackQueue = ((newsrack: Newsrack) => void)[]

export interface NewsrackEvents {
  /** The article is open. `answer` is null where the service gave none. */
  open: { article: Article; answer: Answer | null }
  /** The article is closed and a wall stands there. */
  wall: { article: Article; answer: Answer }
  /** Where the reader stands with the meter, once this article is counted. */
  meter: { article: Article; meter: Meter }
  /** An offer is in sight, on a wall or beside an open article. */
  offer: { article: Article; offer: Offer; place: 'wall' | 'nudge' }
  /** The reader agreed to the terms and is about to be led to `url`. */
  checkout: { article: Article; offer: Offer; url: string }
  /** The first article that opens after the reader has subscribed. */
  subscribed: { article: Article }
  /** The article stays as it was: the service could not be asked or refused, or the page says too little of itself. */
  error: { kind: 'unreachable' | 'problem' | 'page'; code: string | null; detail: string }
}

export interface NewsrackState {
  /** `idle`: the page is no article, or says too little of itself. */
  phase: 'idle' | 'asking' | 'open' | 'closed'
  article: Article | null
  answer: Answer | null
}

/** The article as the service is asked about it. */
export interface Article {
  id: string
  section?: string | undefined
  tags?: string[] | undefined
  class?: string | undefined
  url: string
}

/** The service's decision about one reader and one article. */
export interface Answer {
  granted: boolean
  reason: string
  meter: Meter | null
  wall: Wall | null
  nudge: { words: Words } | null
  offer: Offer | null
  /** Opens the article's text where the page withholds it. */
  grant: string | null
}

export interface Meter {
  id: string
  window: 'day' | 'week' | 'month' | 'rolling'
  used: number
  limit: number
  left: number
  /** ISO 8601 with the site's offset: when the reader regains an article. */
  resetsAt: string
  words: { left: string; more: string | null } | null
}

export interface Wall {
  kind: 'subscription' | 'registration'
  layout: 'inline' | 'overlay' | 'bar'
  dismissible: boolean
  words: Words
}

/** What a wall or a nudge says besides its offer, in the reader's language. */
export interface Words {
  language: string
  direction: 'ltr' | 'rtl'
  closed: string
  later: string | null
  agree: string
  tickFirst: string
  opening: string
  refusals: Record<string, string>
  ends: string
  close: string
  open: string
  signIn: {
    invitation: string
    heading: string
    ask: string
    email: string
    send: string
    sending: string
    sent: string
    refusals: Record<string, string>
    back: string
  }
}

/** What is proposed, in words that are complete: nothing here is computed by the page. */
export interface Offer {
  id: string
  headline: string
  price: string
  button: string
  notes: string[]
  terms: string
  /** Goes back with the reader's consent and proves which terms were read. */
  termsHash: string
  /** ISO 8601: the first instant at which it can no longer be bought; null if it does not end. */
  endsAt: string | null
}

declare global {
  interface Window {
    newsrack?: Newsrack | NewsrackQueue
  }
}
