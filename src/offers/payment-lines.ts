import type { PaymentWords, WrittenFacts } from './catalogue.ts'
import type { Money } from './money.ts'
import type { Price } from './price.ts'

/** A label and what it is about, such as "Next payment" and "$20.24 on April 24, 2027". */
export type PaymentLine = { label: string; text: string }

/** How a language writes what the lines are made of. */
type Writing = {
  words: PaymentWords
  money: (money: Money) => string
  date: (atMs: number) => string
  number: WrittenFacts['number']
}

/** What is paid today, what next, and the regular price with its first day. */
export function paymentLines(price: Price, { words, money, date, number }: Writing): PaymentLine[] {
  const { dueNow, nextBill, firstRegularBill, regular, every } = price
  const lines = [{ label: words.today, text: dueNow.amount === 0 ? words.nothing : money(dueNow) }]
  if (nextBill !== null) {
    lines.push({ label: words.next, text: words.on(money(nextBill.amount), date(nextBill.atMs)) })
  }
  if (firstRegularBill !== null) {
    const from = { regular: money(regular), period: every, date: date(firstRegularBill.atMs), number }
    lines.push({ label: words.regular, text: words.from(from) })
  }
  return lines
}
