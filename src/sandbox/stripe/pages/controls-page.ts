import { clockMoves, deliveryPresets, outagePresets } from '../controls.ts'
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

/** Where whoever runs the sandbox moves its clock, and has things go wrong: deliveries, the API, disputes. */
export function controlsPage(given: {
  deliveries: string | undefined
  api: string | undefined
  payments: ListedPayment[]
  /** What will happen next by itself, the soonest first. */
  coming: { what: string; when: string }[]
  time: string
  stylesheetUrl: string
}): string {
  const { deliveries, api, payments, coming, time, stylesheetUrl } = given
  return page({
    title: 'Time, and what goes wrong',
    stylesheetUrl,
    content: html`
      <div class="controls">
        <p class="back"><a href="/"><span aria-hidden="true">←</span> To the newspaper</a></p>
        <h1>Time</h1>
        <p class="hint">Here and in the whole service it is <b>${time}</b>. Move on, and everything that falls due on
          the way happens at its own hour: trials end, bills are paid or fail, articles are free again. The clock does
          not go back.</p>
        ${
          coming.length === 0
            ? undefined
            : html`<ul class="lines">${coming.map(
                ({ what, when }) => html`<li><span class="name">${when}<small>${what}</small></span></li>`,
              )}</ul>`
        }
        <form method="post" class="moves">
          ${clockMoves.map(({ id, label }) => html`<button class="quiet" name="move" value="${id}">${label} on</button>`)}
        </form>
        <h2>What goes wrong</h2>
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
