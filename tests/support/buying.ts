import request from 'supertest'
import { z } from 'zod'
import { answerSchema, type ShownOffer } from '../../src/paywall/answer.ts'

/** A new reader with a browser, who has read until the wall stands, and the offer on it. */
export async function stopWallOf({ url }: { url: string }): Promise<{ browser: Browser; offer: ShownOffer }> {
  const browser = request.agent(url)
  for (let article = 1; article <= 100; article += 1) {
    const { body } = await browser.post('/v1/views').send({ article: { id: `article ${article}` } })
    const { offer } = answerSchema.parse(body)
    if (offer !== null) return { browser, offer }
  }
  throw new Error('no wall after 100 articles')
}

export type Browser = ReturnType<typeof request.agent>

/** Presses the wall's button: the attempt, and the address of the page where it is paid. */
export async function pressBuy(
  { browser, offer }: { browser: Browser; offer: ShownOffer },
  returnTo = '/2026/11/flood-aid',
): Promise<{ attempt: string; url: string }> {
  const order = { offer: offer.id, termsHash: offer.termsHash, consent: true, returnTo }
  const { body } = await browser.post('/v1/checkout').send(order).expect(201)
  return checkoutSchema.parse(body)
}

/** Fills in Stripe's page with a good card. Resolves to where it leads: the page to come back to. */
export async function payWithCard(checkoutUrl: string): Promise<string> {
  const form = {
    email: 'reader@example.com',
    number: '4242424242424242',
    expiry: '12 / 40',
    cvc: '123',
    name: 'R. Eader',
  }
  const response = await fetch(checkoutUrl, {
    method: 'POST',
    body: new URLSearchParams(form),
    redirect: 'manual',
    headers: { Origin: new URL(checkoutUrl).origin },
  })
  const location = response.headers.get('location')
  if (response.status !== 303 || location === null)
    throw new Error(`the payment page answered ${response.status}`)
  return location
}

const checkoutSchema = z.strictObject({ attempt: z.string(), url: z.url() })
