import type { CardForm, FieldName } from './card-form.ts'
import { Html, html } from './html.ts'

type Field = { name: FieldName; label: string; attributes: string }

const email: Field = {
  name: 'email',
  label: 'E-mail',
  attributes: 'type="email" autocomplete="email" required',
}
const number: Field = {
  name: 'number',
  label: 'Card number',
  attributes:
    'inputmode="numeric" autocomplete="off" placeholder="1234 1234 1234 1234" maxlength="30" required',
}
const expiry: Field = {
  name: 'expiry',
  label: 'Expiry (MM / YY)',
  attributes: 'inputmode="numeric" autocomplete="off" placeholder="MM / YY" maxlength="9" required',
}
const cvc: Field = {
  name: 'cvc',
  label: 'Security code',
  attributes: 'inputmode="numeric" autocomplete="off" placeholder="CVC" maxlength="4" required',
}
const holder: Field = { name: 'name', label: 'Name on card', attributes: 'autocomplete="name" required' }

/** The fields of a card as far as they may be shown again, with what is wrong in them; an e-mail that is known is not asked for. */
export function cardFields(form: CardForm, knownEmail: string | null): Html {
  const firstWrong = [email, number, expiry, cvc, holder].find(({ name }) => form.errors[name])
  const input = (field: Field) => inputField(field, form, field === firstWrong)
  return html`
    ${knownEmail === null ? input(email) : html`<p class="known"><span>E-mail</span> ${knownEmail}</p>`}
    ${input(number)}
    <div class="pair">${input(expiry)}${input(cvc)}</div>
    ${input(holder)}`
}

function inputField({ name, label, attributes }: Field, { errors, values }: CardForm, focus: boolean): Html {
  const error = errors[name]
  const value = name === 'number' || name === 'cvc' ? '' : values[name]
  const described = [error ? `${name}-error` : '', name === 'number' ? 'card-hint' : '']
    .filter(Boolean)
    .join(' ')
  return html`
    <div class="field">
      <label for="${name}">${label}</label>
      <input id="${name}" name="${name}" value="${value}" ${new Html(attributes)}
        ${described ? html`aria-describedby="${described}"` : undefined}
        ${error ? html`aria-invalid="true"` : undefined} ${focus ? html`autofocus` : undefined}>
      ${error ? html`<p class="error" id="${name}-error">${error}</p>` : undefined}
    </div>`
}
