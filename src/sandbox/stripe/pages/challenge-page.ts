import { money } from '../money.ts'
import type { Challenge } from '../stored.ts'
import { page } from './hosted-page.ts'
import { html } from './html.ts'

/** The bank's page: is it you who pays? `payee` is whom the money would go to. */
export function challengePage(given: { challenge: Challenge; payee: string; stylesheetUrl: string }): string {
  const { challenge, payee, stylesheetUrl } = given
  const { amount, currency, last4 } = challenge
  return page({
    title: 'Is it you who pays?',
    stylesheetUrl,
    content: html`
      <section class="message">
        <h1>Is it you who pays?</h1>
        <p>This is where your bank would ask, by a code or in its app. Nothing is charged before you confirm.</p>
        <dl class="totals">
          <div><dt>To</dt><dd>${payee}</dd></div>
          <div><dt>Card</dt><dd>ending in ${last4}</dd></div>
          <div class="total"><dt>Amount</dt><dd class="amount">${
            amount > 0 ? money(amount, currency) : 'Nothing today'
          }</dd></div>
        </dl>
        <form method="post" class="choice">
          <button name="answer" value="confirm">Yes, confirm</button>
          <button name="answer" value="refuse" class="quiet">No, do not pay</button>
        </form>
      </section>`,
  })
}

export function overPage(stylesheetUrl: string): string {
  return page({
    title: 'There is nothing to confirm',
    stylesheetUrl,
    content: html`
      <section class="message">
        <h1>There is nothing to confirm</h1>
        <p>Your bank has stopped waiting, and nothing was charged. Go back to where you came from and pay again.</p>
      </section>`,
  })
}
