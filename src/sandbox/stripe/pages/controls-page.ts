import { deliveryPresets, outagePresets } from '../controls.ts'
import { page } from './hosted-page.ts'
import { type Html, html } from './html.ts'

/** A payment as the page lists it; `open` is the dispute about it that is not decided yet. */
export type ListedPayment = {
  charge: string
  what: string
  amount: string
  state: string
  disputable: boolean
  open: string | undefined
}

/** Where whoever runs the sandbox has things go wrong: deliveries, the API, disputes. */
export function controlsPage(given: {
  deliveries: string | undefined
  api: string | undefined
  payments: ListedPayment[]
  stylesheetUrl: string
}): string {
  const { deliveries, api, payments, stylesheetUrl } = given
  return page({
    title: 'What goes wrong',
    stylesheetUrl,
    content: html`
      <div class="controls">
        <h1>What goes wrong</h1>
        <p class="hint">Real payments meet with all of this. Here it happens when you say so.</p>
        <form method="post">
          ${choice({ name: 'deliveries', legend: 'Events reach the service', options: deliveryPresets, chosen: deliveries })}
          ${choice({ name: 'api', legend: 'The payment API', options: outagePresets, chosen: api })}
          <button>Apply</button>
        </form>
        <h2>Payments</h2>
        ${payments.length === 0 ? html`<p class="hint">Nothing has been paid yet.</p>` : paymentList(payments)}
      </div>`,
  })
}

function choice(given: {
  name: string
  legend: string
  options: readonly { id: string; label: string }[]
  chosen: string | undefined
}): Html {
  const { name, legend, options, chosen } = given
  return html`
    <fieldset>
      <legend>${legend}</legend>
      ${options.map(
        ({ id, label }) => html`
          <label><input type="radio" name="${name}" value="${id}" ${
            id === chosen ? html`checked` : undefined
          }> ${label}</label>`,
      )}
    </fieldset>`
}

function paymentList(payments: ListedPayment[]): Html {
  return html`
    <ul class="lines payments">
      ${payments.map(
        ({ charge, what, amount, state, disputable, open }) => html`
          <li>
            <span class="name">${what}<small>${state}</small></span>
            <span class="amount">${amount}</span>
            ${disputable ? html`<span class="acts">${act('dispute', charge, 'Have it disputed')}</span>` : undefined}
            ${
              open
                ? html`<span class="acts">${act('win', open, 'The publisher wins')}${act('lose', open, 'The reader wins')}</span>`
                : undefined
            }
          </li>`,
      )}
    </ul>`
}

function act(action: 'dispute' | 'win' | 'lose', id: string, label: string): Html {
  return html`
    <form method="post"><button class="quiet" name="${action}" value="${id}">${label}</button></form>`
}
