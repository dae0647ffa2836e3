import { randomBytes } from 'node:crypto'
import { Problem, wrongField } from '../http/problem.ts'
import { offerStatus } from '../offers/choose-offer.ts'
import { priceOf } from '../offers/price.ts'
import type { PlannedOffer, SiteRules } from '../paywall/rules.ts'
import type { Access } from './access.ts'
import type { Attempt } from './attempt.ts'

/** What the reader sends with the button: which offer, and that they agreed to which terms. */
export type Purchase = {
  offer: string
  termsHash: string
  consent: boolean
  returnTo: string
  /** The language the reader was told the offer in (BCP 47), of the site's. */
  language?: string | undefined
}

/**
 * The attempt to buy, with every value computed and fixed, or why it cannot be made. `access` is what the reader has
 * already, `reader` the key of `readerKey()`, `now` epoch milliseconds in whole seconds.
 */
export function beginAttempt(options: {
  purchase: Purchase
  rules: SiteRules
  reader: string
  access: Access | null
  now: number
}): Attempt | Problem {
  const { purchase, rules, reader, access, now } = options
  if (access !== null && access.untilMs > now) {
    return new Problem('already_subscribed', 'This reader has a subscription that is running.')
  }
  const offer = rules.offers.find(({ id }) => id === purchase.offer)
  const language = rules.languageFor(purchase.language)
  const refusal =
    offer === undefined ? unknownOffer(purchase.offer) : refuseOffer(offer, { purchase, language, now })
  if (offer === undefined || refusal !== null) return refusal ?? unknownOffer(purchase.offer)
  const returnTo = returnAddress(rules.url, purchase.returnTo)
  if (returnTo === null) return wrongField('returnTo', 'a path of the site such as /2024/08/flood-aid')
  return attemptOf({ offer, rules, reader, returnTo, language, now })
}

/** Checkout sessions live as long as Stripe lets the shortest: a reader decides now or asks again. */
const sessionLifeMs = 31 * 60_000

function attemptOf(options: {
  offer: PlannedOffer
  rules: SiteRules
  reader: string
  returnTo: string
  language: string
  now: number
}): Attempt {
  const { offer, rules, reader, returnTo, language, now } = options
  const plan = offer.soldPlan
  const { timeZone, tax } = rules.site
  const price = priceOf({ offer, plan, tax: plan.tax ?? tax, now, timeZone })
  const { terms, termsHash } = offer.shownAt(now, language)
  return {
    id: `at_${randomBytes(16).toString('base64url')}`,
    site: rules.site.id,
    reader,
    offer: offer.id,
    plan: plan.id,
    planName: plan.name,
    configVersion: rules.version,
    consent: { terms, termsHash, atMs: now },
    regular: price.regular,
    every: price.every,
    intro: price.intro,
    gift: price.gift,
    promotionCodes: offer.promotionCodes,
    tax: price.tax,
    language,
    winsBack: null,
    returnTo,
    expiresAtMs: now + sessionLifeMs,
    status: 'open',
    session: null,
    refused: null,
  }
}

function unknownOffer(id: string): Problem {
  return new Problem('offer_unavailable', `There is no offer ${JSON.stringify(id)}.`)
}

function refuseOffer(
  offer: PlannedOffer,
  { purchase, language, now }: { purchase: Purchase; language: string; now: number },
): Problem | null {
  const status = offerStatus(offer, now)
  if (status === 'ended') return new Problem('offer_ended', `The offer ${offer.id} has ended.`)
  if (status === 'not_started')
    return new Problem('offer_unavailable', `The offer ${offer.id} has not started.`)
  if (!purchase.consent) {
    return new Problem(
      'consent_required',
      'consent: expected true, for the reader must have agreed to the terms.',
    )
  }
  const shown = offer.shownAt(now, language)
  if (purchase.termsHash === shown.termsHash) return null
  return new Problem('terms_changed', 'The reader has agreed to other terms than those of now.', {
    more: { offer: shown },
  })
}

/** Absolute, on the site's own origin; null for anything that would lead elsewhere. */
function returnAddress(site: URL, returnTo: string): string | null {
  if (!/^\/(?![/\\])/.test(returnTo) || !URL.canParse(returnTo, site.href)) return null
  const address = new URL(returnTo, site)
  return address.origin === site.origin ? address.href : null
}
