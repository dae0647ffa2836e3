import type { Catalogue } from './catalogue.ts'
import { askStripe, openStripe } from './client.stripe.ts'
import { findIntroCoupon, introCoupon } from './intro-coupon.stripe.ts'
import { findRegularPrice, regularPrice } from './price.stripe.ts'

/** The catalogue in Stripe, by the very functions that a checkout uses: what they find or make is the same. */
export function createStripeCatalogue(account: { secretKey: string; apiBase: URL | null }): Catalogue {
  const stripe = openStripe(account)
  return {
    prepare: (terms) =>
      askStripe(async () => {
        const regular = await regularPrice(stripe, terms)
        const coupon = await introCoupon(stripe, { attempt: terms, regular })
        return { product: regular.product, price: regular.price, coupon }
      }),
    find: (terms) =>
      askStripe(async () => {
        const regular = await findRegularPrice(stripe, terms)
        if (regular === null) return { product: null, price: null, coupon: null }
        const coupon = await findIntroCoupon(stripe, { attempt: terms, regular })
        return { product: regular.product, price: regular.price, coupon }
      }),
  }
}
