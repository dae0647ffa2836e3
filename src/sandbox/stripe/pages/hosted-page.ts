import type { Session } from '../stored.ts'
import { cardFields } from './card-fields.ts'
import type { CardForm } from './card-form.ts'
import { cardHint } from './card-hint.ts'
import { type Html, html } from './html.ts'
import type { OrderSummary } from './order-summary.ts'

/** What stands in the field for a promotion code, and whether it gives nothing. */
export type PromotionField = { code: string; refused: boolean }

/** The page of an open session: what is bought on one side, the card on the other. */
export function payPage(given: {
  session: Session
  summary: OrderSummary
  form: CardForm
  knownEmail: string | null
  promotion: PromotionField
  stylesheetUrl: string
}): string {
  const { session, summary, form, knownEmail, promotion, stylesheetUrl } = given
  return page({
    title: summary.title,
    stylesheetUrl,
    content: html`
      ${orderSection(session, summary, promotion)}
      ${paySection({ session, summary, form, knownEmail })}`,
  })
}

/** The page of a session that cannot be paid on any more. */
export function closedPage(given: { session: Session; stylesheetUrl: string; successUrl: string }): string {
  const { session, stylesheetUrl, successUrl } = given
  const paid = session.status === 'complete'
  const onward = paid ? successUrl : session.cancel_url
  return page({
    title: paid ? 'This is already paid' : 'This payment page has expired',
    stylesheetUrl,
    content: html`
      <section class="message">
        <h1>${paid ? 'This is already paid' : 'This payment page has expired'}</h1>
        <p>${paid ? `${session.mode === 'payment' ? 'Your payment has arrived.' : 'Your subscription has begun.'} There is nothing left to do here.` : 'Nothing was bought. Go back and begin again.'}</p>
        ${onward ? html`<p><a class="button" href="${onward}">${paid ? 'Continue' : 'Go back'}</a></p>` : undefined}
      </section>`,
  })
}

export function unknownPage(stylesheetUrl: string): string {
  return page({
    title: 'No such payment page',
    stylesheetUrl,
    content: html`
      <section class="message">
        <h1>No such payment page</h1>
        <p>The address may have been cut short. Go back to where it came from and begin again.</p>
      </section>`,
  })
}

/** A whole page of the sandbox, with the notice that no money moves. */
export function page(given: { title: string; stylesheetUrl: string; content: Html }): string {
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="robots" content="noindex">
    <title>${given.title} · Payment sandbox</title>
    <link rel="stylesheet" href="${given.stylesheetUrl}">
  </head>
  <body>
    <p class="notice" role="note"><strong>Payment sandbox: no money moves.</strong> Do not enter a real card.</p>
    <main>${given.content}</main>
  </body>
</html>`.markup
}

function orderSection(session: Session, summary: OrderSummary, promotion: PromotionField): Html {
  return html`
    <section class="order" aria-labelledby="title">
      ${session.cancel_url ? html`<p class="back"><a href="${session.cancel_url}"><span aria-hidden="true">←</span> Back</a></p>` : undefined}
      <h1 id="title">${summary.title}</h1>
      <p class="today"><span class="amount">${summary.dueToday}</span> due today</p>
      <p class="then">${summary.afterwards}</p>
      <ul class="lines">
        ${summary.lines.map(
          ({ name, note, amount }) => html`
            <li><span class="name">${name}<small>${note}</small></span><span class="amount">${amount}</span></li>`,
        )}
      </ul>
      <dl class="totals">
        ${
          summary.discount
            ? html`<div><dt>${summary.discount.name}</dt><dd class="amount">${summary.discount.amount}</dd></div>`
            : undefined
        }
        ${
          summary.tax
            ? html`<div><dt>${summary.tax.name}</dt><dd class="amount">${summary.tax.amount}</dd></div>`
            : undefined
        }
        <div class="total"><dt>Due today</dt><dd class="amount">${summary.dueToday}</dd></div>
      </dl>
      ${session.allow_promotion_codes ? promotionForm(promotion) : undefined}
    </section>`
}

function promotionForm({ code, refused }: PromotionField): Html {
  return html`
    <form method="post" class="promotion" novalidate>
      <input type="hidden" name="apply" value="promotion">
      <div class="field">
        <label for="promotion">Promotion code</label>
        <input id="promotion" name="promotion" value="${code}" autocomplete="off" maxlength="60"
          ${refused ? html`aria-invalid="true" aria-describedby="promotion-error"` : undefined}>
      </div>
      <button class="quiet">Apply</button>
      ${refused ? html`<p class="error" id="promotion-error">This code is not valid here.</p>` : undefined}
    </form>`
}

function paySection(given: {
  session: Session
  summary: OrderSummary
  form: CardForm
  knownEmail: string | null
}): Html {
  const { session, summary, form, knownEmail } = given
  const message = session.custom_text.submit?.message
  return html`
    <section class="pay" aria-labelledby="card">
      <h2 id="card">Pay with a card</h2>
      ${cardHint()}
      <form method="post" novalidate>
        ${cardFields(form, knownEmail)}
        ${message ? html`<p class="terms">${message}</p>` : undefined}
        <button type="submit">${summary.button}</button>
      </form>
    </section>`
}
