import { money } from '../money.ts'
import type { Customer, Invoice, PaymentMethod, PortalSession, Subscription } from '../stored.ts'
import { currentPeriod } from '../subscriptions.ts'
import { cardFields } from './card-fields.ts'
import type { CardForm } from './card-form.ts'
import { cardHint } from './card-hint.ts'
import { day } from './dates.ts'
import { page } from './hosted-page.ts'
import { type Html, html } from './html.ts'
import { statusWords } from './invoice-page.ts'
import { every } from './order-summary.ts'

export type Portal = {
  session: PortalSession
  customer: Customer
  subscriptions: { name: string; subscription: Subscription }[]
  card: PaymentMethod | undefined
  invoices: Invoice[]
  form: CardForm
  stylesheetUrl: string
}

/** Where customers look after what they subscribe to: they cancel, change the card, and find their bills. */
export function portalPage(portal: Portal): string {
  const { session, customer, subscriptions, card, invoices, form, stylesheetUrl } = portal
  return page({
    title: 'Your subscription',
    stylesheetUrl,
    content: html`
      <section class="document">
        ${session.return_url === null ? undefined : html`<p class="back"><a href="${session.return_url}"><span aria-hidden="true">←</span> Back</a></p>`}
        <h1>Your subscription</h1>
        ${
          subscriptions.length === 0
            ? html`<p class="hint">You have no subscription.</p>`
            : html`<ul class="lines payments">${subscriptions.map(subscriptionItem)}</ul>`
        }
        <h2>Card</h2>
        <p>${card ? `Charged to the card ending in ${card.card?.last4}, valid until ${card.card?.exp_month} / ${card.card?.exp_year}.` : 'There is no card.'}</p>
        <details${form.payer === undefined && Object.keys(form.errors).length > 0 ? html` open` : undefined}>
          <summary>Change the card</summary>
          ${cardHint()}
          <form method="post" novalidate>
            <input type="hidden" name="act" value="card">
            ${cardFields(form, customer.email)}
            <button>Use this card from now on</button>
          </form>
        </details>
        <h2>Bills</h2>
        ${
          invoices.length === 0
            ? html`<p class="hint">There are none yet.</p>`
            : html`<ul class="lines">${invoices.map(invoiceItem)}</ul>`
        }
      </section>`,
  })
}

export function portalClosedPage(stylesheetUrl: string): string {
  return page({
    title: 'This link has expired',
    stylesheetUrl,
    content: html`
      <section class="message">
        <h1>This link has expired</h1>
        <p>Links to this page are good for an hour. Go back to your account and open it again.</p>
      </section>`,
  })
}

function subscriptionItem({ name, subscription }: Portal['subscriptions'][number]): Html {
  const price = subscription.items.data[0]?.price
  const rate = price?.recurring
    ? `${money(price.unit_amount ?? 0, price.currency)} ${every(price.recurring)}`
    : ''
  return html`
    <li>
      <span class="name">${name}<small>${rate} · ${standing(subscription)}</small></span>
      ${subscription.ended_at === null ? html`<span class="acts">${change(subscription)}</span>` : undefined}
    </li>`
}

function standing(subscription: Subscription): string {
  const { cancel_at: ends, ended_at: ended, status } = subscription
  if (ended !== null) return `ended on ${day(ended)}`
  if (ends !== null) return `ends on ${day(ends)}`
  if (status === 'past_due' || status === 'unpaid') return 'the last payment did not go through'
  const next = day(currentPeriod(subscription).end)
  return status === 'trialing' ? `trial until ${next}` : `renews on ${next}`
}

function change({ id, cancel_at: ends }: Subscription): Html {
  const [act, label] = ends === null ? ['cancel', 'Cancel subscription'] : ['renew', 'Do not cancel']
  return html`
    <form method="post">
      <input type="hidden" name="act" value="${act}">
      <button class="quiet" name="subscription" value="${id}">${label}</button>
    </form>`
}

function invoiceItem(invoice: Invoice): Html {
  return html`
    <li>
      <span class="name"><a href="${invoice.hosted_invoice_url ?? ''}">${day(invoice.created)}</a><small>${statusWords(invoice)}</small></span>
      <span class="amount">${money(invoice.total, invoice.currency)}</span>
    </li>`
}
