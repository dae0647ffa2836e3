import { z } from 'zod'
import { type Card, type Decline, findTestCard, last4Of, testCards } from '../cards.ts'
import { isEmail } from '../customers.ts'
import type { Payer } from '../stored.ts'

export type FieldName = 'email' | 'number' | 'expiry' | 'cvc' | 'name'

/** A form as it was sent: what may be shown again (never the card's number or code), and what is wrong with it. */
export type CardForm = {
  values: { email: string; expiry: string; name: string }
  errors: Partial<Record<FieldName, string>>
  /** There when nothing is wrong; what the bank says to the card is another matter. */
  payer?: Payer
}

export const emptyForm: CardForm = { values: { email: '', expiry: '', name: '' }, errors: {} }

const field = z.string().trim().max(200).catch('')
const sent = z.object({ email: field, number: field, expiry: field, cvc: field, name: field })

/** Reads the payment page's form; `knownEmail` stands for the address where the session came with one. */
export function readCardForm(body: unknown, context: { knownEmail: string | null; now: number }): CardForm {
  const { email: typed, number, expiry, cvc, name } = sent.parse(body ?? {})
  const email = context.knownEmail ?? typed
  const date = expiryDate(expiry)
  const found: [FieldName, string | undefined][] = [
    ['email', isEmail(email) ? undefined : 'Enter an e-mail address, such as reader@example.com.'],
    ['number', numberError(number)],
    ['expiry', expiryError(date, context.now)],
    ['cvc', /^\d{3,4}$/.test(cvc) ? undefined : 'Enter the 3 or 4 digits of the security code.'],
    ['name', name ? undefined : 'Enter the name on the card.'],
  ]
  const errors: CardForm['errors'] = {}
  for (const [field, error] of found) if (error) errors[field] = error
  const values = { email, expiry, name }
  const testCard = findTestCard(number)
  if (Object.keys(errors).length > 0 || !testCard || !date) return { values, errors }
  const card: Card = { last4: last4Of(testCard), expMonth: date.month, expYear: date.year }
  return { values, errors, payer: { email, name, card } }
}

/** The form once the bank has said no to its card. */
export function declinedForm({ values }: CardForm, { declineCode }: Decline): CardForm {
  const why =
    declineCode === 'insufficient_funds'
      ? 'There is not enough money on this card.'
      : 'Your card was declined.'
  return { values, errors: { number: `${why} Nothing was charged. Try another card.` } }
}

/** The form once its card's owner did not confirm to the bank. */
export function unconfirmedForm({ email, name }: Payer): CardForm {
  const number =
    'Your bank did not get your confirmation. Nothing was charged. Try again, or use another card.'
  return { values: { email, expiry: '', name }, errors: { number } }
}

function numberError(number: string): string | undefined {
  if (!number) return 'Enter a card number.'
  if (findTestCard(number)) return undefined
  const example = testCards[0]?.number.replaceAll(' ', '\u00a0')
  return `This sandbox takes its test cards only, such as ${example}. Never enter a real card here.`
}

function expiryDate(expiry: string): { month: number; year: number } | undefined {
  const [, month = '', year = ''] = /^(\d{1,2})\s*[/.-]?\s*(\d{4}|\d{2})$/.exec(expiry) ?? []
  if (Number(month) < 1 || Number(month) > 12) return undefined
  return { month: Number(month), year: year.length === 2 ? 2000 + Number(year) : Number(year) }
}

function expiryError(date: { month: number; year: number } | undefined, now: number): string | undefined {
  if (!date) return 'Enter the expiry as month and year, such as 12 / 34.'
  const monthAfter = Date.UTC(date.year, date.month)
  return now >= monthAfter ? 'This date has passed. Any future date will do.' : undefined
}
