import type Stripe from 'stripe'
import { createOnce } from './create-once.stripe.ts'
import { orMissing } from './or-missing.stripe.ts'

/** The one customer of a reader: the `known` one while it is there, else one that is made once. */
export async function customerOf(
  stripe: Stripe,
  { reader, known }: { reader: string; known: string | null },
): Promise<string> {
  if (known !== null && (await find(stripe, known)) !== null) return known
  return create(stripe, reader, `customer:${reader}`)
}

/** Where mail to a customer goes; null where it is not known. */
export async function emailOf(stripe: Stripe, customer: string): Promise<string | null> {
  return (await find(stripe, customer))?.email ?? null
}

/** Deletes a customer, which ends their subscriptions at once. Safe to repeat. */
export async function forget(stripe: Stripe, customer: string): Promise<void> {
  await orMissing(stripe.customers.del(customer))
}

/** Under one key Stripe gives the customer it made before, also when that has been deleted since. */
async function create(stripe: Stripe, reader: string, key: string): Promise<string> {
  const { id } = await createOnce(key, (idempotencyKey) =>
    stripe.customers.create({ metadata: { newsrack_reader: reader } }, { idempotencyKey }),
  )
  return (await find(stripe, id)) === null ? create(stripe, reader, `customer:${id}:again`) : id
}

async function find(stripe: Stripe, id: string): Promise<Stripe.Customer | null> {
  const customer = await orMissing(stripe.customers.retrieve(id))
  return customer === null || customer.deleted ? null : customer
}
