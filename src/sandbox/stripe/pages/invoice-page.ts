import { money } from '../money.ts'
import type { Invoice } from '../stored.ts'
import { taxPercent } from '../tax.ts'
import { day } from './dates.ts'
import { page } from './hosted-page.ts'
import { html } from './html.ts'

/** A bill as its reader sees it; one that is open can be paid there. `problem` says why it was not just now. */
export function invoicePage(given: {
  invoice: Invoice
  card: string | null
  problem: string | null
  stylesheetUrl: string
}): string {
  const { invoice, card, problem, stylesheetUrl } = given
  const { created, currency, number, total } = invoice
  const off = (invoice.total_discount_amounts ?? []).reduce((sum, { amount }) => sum + amount, 0)
  const tax = (invoice.total_taxes ?? []).reduce((sum, { amount }) => sum + amount, 0)
  return page({
    title: `Invoice ${number ?? ''}`,
    stylesheetUrl,
    content: html`
      <section class="document">
        <h1>Invoice ${number ?? ''}</h1>
        <p class="hint">${day(created)} · ${statusWords(invoice)}</p>
        ${problem === null ? undefined : html`<p class="error" role="alert">${problem}</p>`}
        <ul class="lines">
          ${invoice.lines.data.map(
            ({ amount, description, period }) => html`
              <li><span class="name">${description ?? ''}<small>${day(period.start)} – ${day(period.end)}</small></span>
              <span class="amount">${money(amount, currency)}</span></li>`,
          )}
        </ul>
        <dl class="totals">
          ${off > 0 ? html`<div><dt>Discount</dt><dd class="amount">−${money(off, currency)}</dd></div>` : undefined}
          ${tax > 0 ? html`<div><dt>Tax (${String(taxPercent)}%)</dt><dd class="amount">${money(tax, currency)}</dd></div>` : undefined}
          <div class="total"><dt>Total</dt><dd class="amount">${money(total, currency)}</dd></div>
        </dl>
        ${
          invoice.status === 'open'
            ? html`<form method="post"><button>Pay ${money(invoice.amount_remaining, currency)}${card === null ? '' : ` with the card ending in ${card}`}</button></form>`
            : undefined
        }
      </section>`,
  })
}

export function statusWords({ amount_paid: paid, currency, status }: Invoice): string {
  if (status === 'paid') return paid > 0 ? `Paid ${money(paid, currency)}` : 'Nothing to pay'
  if (status === 'open') return 'Not paid yet'
  return status === 'draft' ? 'Not final yet' : 'Not to be paid any more'
}
