import { winsBack } from './audience.ts'
import { discountLength } from './discount.ts'
import type { DiscountIntro, Intro } from './intro.ts'
import { minimumCharge } from './minimum-charge.ts'
import { formatMoney } from './money.ts'
import type { Offer } from './offer.ts'
import { type Plan, periodOf } from './plan.ts'
import { collectionOf, discountedAmount } from './price.ts'

/** What is wrong with one field of an offer, told as what was expected in its place. */
export type OfferProblem = { path: string[]; expected: string; got: unknown }

/** Why the plan cannot be sold by the offer, though each is right in itself: what Stripe would refuse, or do otherwise. */
export function offerProblems(offer: Offer, plan: Plan): OfferProblem[] {
  return checks.flatMap((check) => check(offer, plan))
}

const checks: readonly ((offer: Offer, plan: Plan) => OfferProblem[])[] = [
  wholeIntroIsCharged,
  discountHoldsWholeBills,
  loweredBillsAreCharged,
  giftIsCharged,
  giftIsPaidOnce,
  promotionCodesLowerSomething,
  winBackStandsAlone,
  winBackLowersBills,
]

function wholeIntroIsCharged({ intro }: Offer, plan: Plan): OfferProblem[] {
  if (intro?.kind !== 'in_all' || collectionOf(intro, plan.price.currency) !== 'forbidden') return []
  const expected = `${leastCharge(plan)}, or belowMinimum: defer or waive`
  return [{ path: ['intro', 'amount'], expected, got: intro.amount }]
}

function discountHoldsWholeBills({ intro }: Offer, plan: Plan): OfferProblem[] {
  if (!isDiscount(intro)) return []
  const length = discountLength(intro, plan)
  return 'expected' in length ? [{ path: ['intro', 'for'], expected: length.expected, got: intro.for }] : []
}

/** Stripe takes a bill below its minimum as paid, and what it came to becomes a debt that a later bill collects. */
function loweredBillsAreCharged({ intro }: Offer, plan: Plan): OfferProblem[] {
  if (!isDiscount(intro)) return []
  const { amount: regular, currency } = plan.price
  const least = minimumCharge(currency)
  const left = discountedAmount(intro, plan)
  if (intro.kind === 'percent_off') {
    if (left >= least) return []
    const expected = `a discount that leaves ${leastCharge(plan)}`
    return [{ path: ['intro', 'percent'], expected, got: intro.percent }]
  }
  const path = ['intro', 'amount']
  if (left < least) return [{ path, expected: leastCharge(plan), got: intro.amount }]
  if (left < regular) return []
  return [{ path, expected: `less than the regular price of ${regular}`, got: intro.amount }]
}

function giftIsCharged({ gift }: Offer, plan: Plan): OfferProblem[] {
  if (gift === undefined || gift.amount >= minimumCharge(plan.price.currency)) return []
  return [{ path: ['gift', 'amount'], expected: leastCharge(plan), got: gift.amount }]
}

function giftIsPaidOnce({ intro, gift }: Offer): OfferProblem[] {
  if (gift === undefined || intro === undefined) return []
  const expected = 'no intro beside gift, which is paid once and has no regular price after it'
  return [{ path: ['intro'], expected, got: intro }]
}

/** A code that finds nothing to pay is spent on nothing; beside a coupon Stripe takes none. */
function promotionCodesLowerSomething({ intro, promotionCodes }: Offer, plan: Plan): OfferProblem[] {
  if (!promotionCodes || intro === undefined) return []
  const path = ['promotionCodes']
  if (isDiscount(intro)) {
    return [
      { path, expected: `false, for Stripe takes no code beside a discount (${intro.kind})`, got: true },
    ]
  }
  if (intro.kind === 'in_all' && collectionOf(intro, plan.price.currency) === 'now') return []
  return [
    { path, expected: 'false, for this intro leaves nothing to pay that a code could lower', got: true },
  ]
}

function winBackStandsAlone(offer: Offer): OfferProblem[] {
  if (!winsBack(offer)) return []
  const { audience, gift, promotionCodes } = offer
  const problems: OfferProblem[] = []
  if (audience?.some((kind) => kind !== 'cancelling')) {
    const expected = 'cancelling alone, for such an offer is about a subscription that runs'
    problems.push({ path: ['audience'], expected, got: audience })
  }
  if (gift !== undefined) {
    const expected = 'no gift for readers who are cancelling, whose own subscription goes on'
    problems.push({ path: ['gift'], expected, got: gift })
  }
  if (promotionCodes) {
    const expected = 'false, for a subscription goes on without a payment page where a code is entered'
    problems.push({ path: ['promotionCodes'], expected, got: true })
  }
  return problems
}

function winBackLowersBills(offer: Offer, plan: Plan): OfferProblem[] {
  const { intro } = offer
  if (!winsBack(offer) || intro === undefined) return []
  if (!isDiscount(intro)) {
    const expected =
      'each_period or percent_off, for a subscription that goes on has no beginning to be cheap'
    return [{ path: ['intro', 'kind'], expected, got: intro.kind }]
  }
  const { unit } = periodOf(plan)
  if (intro.for === 'once' || unit === 'month' || unit === 'year') return []
  const expected = `once, for the months of a coupon that begins in the middle of a period hold no certain number of bills by the ${unit}`
  return [{ path: ['intro', 'for'], expected, got: intro.for }]
}

function isDiscount(intro: Intro | undefined): intro is DiscountIntro {
  return intro?.kind === 'each_period' || intro?.kind === 'percent_off'
}

function leastCharge({ price: { currency } }: Plan): string {
  const least = minimumCharge(currency)
  return `at least ${least} (${formatMoney({ amount: least, currency }, 'en')}), the least Stripe charges in ${currency}`
}
