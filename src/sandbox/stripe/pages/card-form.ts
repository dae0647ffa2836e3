import { z } from 'zod'
import type { Payer } from '../checkout-payment.ts'
import { isEmail } from '../customers.ts'

export type FieldName = 'email' | 'number' | 'expiry' | 'cvc' | 'name'

/** A form as it was sent: what may be shown again (never the card's number or code), and what is wrong with it. */
export type CardForm = {
  values: { email: string; expiry: string; name: string }
  errors: Partial<Record<FieldName, string>>
  /** There when nothing is wrong and the card is good. */
  payer?: Payer
}

export const goodCard = '4242 4242 4242 4242'
const declinedCard = '4000 0000 0000 0002'

export const emptyForm: CardForm = { values: { email: '', expiry: '', name: '' }, errors: {} }

const field = z.string().trim().max(200).catch('')
const sent = z.object({ email: field, number: field, expiry: field, cvc: field, name: field })

/** Reads the payment page's form; `knownEmail` stands for the address where the session came with one. */
export function readCardForm(body: unknown, context: { knownEmail: string | null; now: number }): CardForm {
  const { email: typed, number, expiry, cvc, name } = sent.parse(body ?? {})
  const email = context.knownEmail ?? typed
  const found: [FieldName, string | undefined][] = [
    ['email', isEmail(email) ? undefined : 'Enter an e-mail address, such as reader@example.com.'],
    ['number', numberError(number)],
    ['expiry', expiryError(expiry, context.now)],
    ['cvc', /^\d{3,4}$/.test(cvc) ? undefined : 'Enter the 3 or 4 digits of the security code.'],
    ['name', name ? undefined : 'Enter the name on the card.'],
  ]
  const errors: CardForm['errors'] = {}
  for (const [field, error] of found) if (error) errors[field] = error
  const values = { email, expiry, name }
  if (Object.keys(errors).length > 0) return { values, errors }
  if (digits(number) === digits(declinedCard))
    return { values, errors: { number: 'Your card was declined.' } }
  return { values, errors, payer: { email, name } }
}

function numberError(number: string): string | undefined {
  if (!number) return 'Enter a card number.'
  if ([goodCard, declinedCard].map(digits).includes(digits(number))) return undefined
  return `This sandbox takes one card, ${unbroken(goodCard)}. Never enter a real card here.`
}

function expiryError(expiry: string, now: number): string | undefined {
  const [, month = '', year = ''] = /^(\d{1,2})\s*[/.-]?\s*(\d{4}|\d{2})$/.exec(expiry) ?? []
  if (Number(month) < 1 || Number(month) > 12) return 'Enter the expiry as month and year, such as 12 / 34.'
  const fullYear = year.length === 2 ? 2000 + Number(year) : Number(year)
  const monthAfter = Date.UTC(fullYear, Number(month))
  return now >= monthAfter ? 'This date has passed. Any future date will do.' : undefined
}

function unbroken(number: string): string {
  return number.replaceAll(' ', '\u00a0')
}

function digits(number: string): string {
  return number.replace(/[\s-]/g, '')
}
