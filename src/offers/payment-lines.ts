import { catalogueFor } from './languages.ts'
import { formatMoney } from './money.ts'
import type { Price } from './price.ts'
import { writtenDate, writtenNumber } from './words.ts'

/** A label and what it is about, such as "Next payment" and "$20.24 on April 24, 2027". */
export type PaymentLine = { label: string; text: string }

/**
 * What is paid today, what next, and the regular price with its first day, for letters and pages after a purchase. From
 * the very price that the offer's own words are made of. `language` is BCP 47, `timeZone` the site's.
 */
export function paymentLines(
  price: Price,
  { language, timeZone }: { language: string; timeZone: string },
): PaymentLine[] {
  const words = catalogueFor(language).payments
  const date = (atMs: number) => writtenDate(atMs, { language, timeZone })
  const { dueNow, nextBill, firstRegularBill, regular, every } = price
  const today = dueNow.amount === 0 ? words.nothing : formatMoney(dueNow, language)
  const lines = [{ label: words.today, text: today }]
  if (nextBill !== null) {
    const text = words.on(formatMoney(nextBill.amount, language), date(nextBill.atMs))
    lines.push({ label: words.next, text })
  }
  if (firstRegularBill !== null) {
    const text = words.from({
      regular: formatMoney(regular, language),
      period: every,
      date: date(firstRegularBill.atMs),
      number: writtenNumber(language),
    })
    lines.push({ label: words.regular, text })
  }
  return lines
}
