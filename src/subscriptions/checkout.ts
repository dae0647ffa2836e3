import { randomBytes } from 'node:crypto'
import { Problem, wrongField } from '../http/problem.ts'
import { winsBack } from '../offers/audience.ts'
import { offerStatus } from '../offers/choose-offer.ts'
import { priceOf } from '../offers/price.ts'
import type { PlannedOffer, SiteRules } from '../paywall/rules.ts'
import type { Attempt } from './attempt.ts'
import { type Buyer, goesOn, refuseBuyer } from './eligibility.ts'

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
 * The attempt to buy, with every value computed and fixed, or why it cannot be made. `reader` is the key of `readerKey()`,
 * `now` epoch milliseconds in whole seconds. That no more are sold than the offer allows is for whoever opens the page.
 */
export function beginAttempt(options: {
  purchase: Purchase
  rules: SiteRules
  reader: string
  buyer: Buyer
  visit: Attempt['visit']
  now: number
}): Attempt | Problem {
  const { purchase, rules, reader, buyer, visit, now } = options
  const offer = rules.offers.find(({ id }) => id === purchase.offer)
  if (offer === undefined) return unknownOffer(purchase.offer)
  const language = rules.languageFor(purchase.language)
  const refusal =
    refuseTime(offer, now) ??
    refuseBuyer(offer, buyer, now) ??
    refuseTerms(offer, { purchase, language, now })
  if (refusal !== null) return refusal
  const returnTo = returnAddress(rules.url, purchase.returnTo)
  if (returnTo === null) return wrongField('returnTo', 'a path of the site such as /2024/08/flood-aid')
  return attemptOf({ offer, rules, reader, buyer, visit, returnTo, language, now })
}

/**
 * Checkout sessions live little longer than Stripe lets the shortest, half an hour from when it is opened: a reader
 * decides now or asks again. What is more is for a Stripe that is slow to open it, and for pressing again meanwhile.
 */
const sessionLifeMs = 35 * 60_000

function attemptOf(options: {
  offer: PlannedOffer
  rules: SiteRules
  reader: string
  buyer: Buyer
  visit: Attempt['visit']
  returnTo: string
  language: string
  now: number
}): Attempt {
  const { offer, rules, reader, buyer, visit, returnTo, language, now } = options
  const plan = offer.soldPlan
  const { timeZone, tax } = rules.site
  const ending = winsBack(offer) ? buyer.held : null
  const price = priceOf({
    offer,
    plan,
    tax: plan.tax ?? tax,
    now,
    timeZone,
    ...(ending !== null && goesOn(ending) && { nextBillAtMs: ending.access.endsAtMs }),
  })
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
    winsBack: ending?.access.subscription ?? null,
    visit,
    returnTo,
    expiresAtMs: now + sessionLifeMs,
    status: 'open',
    refused: null,
    session: null,
  }
}

function unknownOffer(id: string): Problem {
  return new Problem('offer_unavailable', `There is no offer ${JSON.stringify(id)}.`, {
    more: { reason: 'unknown' },
  })
}

function refuseTime(offer: PlannedOffer, now: number): Problem | null {
  const status = offerStatus(offer, now)
  if (status === 'ended') return new Problem('offer_ended', `The offer ${offer.id} has ended.`)
  if (status === 'running') return null
  return new Problem('offer_unavailable', `The offer ${offer.id} has not started.`, {
    more: { reason: 'not_started' },
  })
}

function refuseTerms(
  offer: PlannedOffer,
  { purchase, language, now }: { purchase: Purchase; language: string; now: number },
): Problem | null {
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
