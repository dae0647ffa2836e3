import type Stripe from 'stripe'
import { invalid } from './errors.ts'
import { newId } from './ids.ts'
import { mergeMetadata, mustFind, orNull, type Sandbox, seconds } from './sandbox.ts'
import type { Customer } from './stored.ts'

type NewCustomer = Pick<
  Stripe.CustomerCreateParams,
  'balance' | 'description' | 'email' | 'metadata' | 'name' | 'phone' | 'preferred_locales'
>

export function createCustomer(sandbox: Sandbox, params: NewCustomer): Customer {
  if (params.email !== undefined) checkEmail(params.email, 'email')
  const customer: Customer = {
    id: newId('cus', 14),
    object: 'customer',
    address: null,
    balance: params.balance ?? 0,
    created: seconds(sandbox),
    currency: null,
    customer_account: null,
    default_source: null,
    delinquent: false,
    description: orNull(params.description),
    discount: null,
    email: orNull(params.email),
    invoice_prefix: newId('x', 8).slice(2).toUpperCase(),
    invoice_settings: {
      custom_fields: null,
      default_payment_method: null,
      footer: null,
      rendering_options: null,
    },
    livemode: false,
    metadata: mergeMetadata({}, params.metadata),
    name: orNull(params.name),
    next_invoice_sequence: 1,
    phone: orNull(params.phone),
    preferred_locales: params.preferred_locales ?? [],
    shipping: null,
    tax_exempt: 'none',
    test_clock: null,
  }
  sandbox.documents.save('customer', customer)
  sandbox.emit('customer.created', customer)
  return customer
}

export function updateCustomer(sandbox: Sandbox, id: string, params: Stripe.CustomerUpdateParams): Customer {
  const before = mustFind(sandbox, 'customer', id)
  if (params.email) checkEmail(params.email, 'email')
  const { balance, description, email, metadata, name, phone, preferred_locales } = params
  return changeCustomer(sandbox, before, {
    balance: balance ?? before.balance,
    description: description === undefined ? before.description : orNull(description),
    email: email === undefined ? before.email : orNull(email),
    metadata: mergeMetadata(before.metadata, metadata),
    name: name === undefined ? (before.name ?? null) : orNull(name),
    phone: phone === undefined ? (before.phone ?? null) : orNull(phone),
    preferred_locales: preferred_locales ?? before.preferred_locales ?? [],
  })
}

/** Saves a change and says so, unless nothing changed. */
export function changeCustomer(sandbox: Sandbox, before: Customer, change: Partial<Customer>): Customer {
  const customer: Customer = { ...before, ...change }
  if (JSON.stringify(customer) === JSON.stringify(before)) return before
  sandbox.documents.save('customer', customer)
  sandbox.emit('customer.updated', customer, before)
  return customer
}

/** Stripe's rule for an address it takes: something at a domain, no spaces. */
export function isEmail(text: string): boolean {
  return /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(text) && text.length <= 512
}

export function checkEmail(email: string, param: string): void {
  if (!isEmail(email)) throw invalid(`Invalid email address: ${email}`, { param, code: 'email_invalid' })
}
