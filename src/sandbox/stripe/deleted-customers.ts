import type Stripe from 'stripe'
import { end } from './billing.ts'
import { mustFind, type Sandbox } from './sandbox.ts'

/** Deletes a customer for good, and ends at once whatever they still subscribed to. */
export function deleteCustomer(sandbox: Sandbox, id: string): Stripe.DeletedCustomer {
  const customer = mustFind(sandbox, 'customer', id)
  for (const subscription of sandbox.documents.all('subscription')) {
    if (subscription.customer === id && subscription.ended_at === null) {
      end(sandbox, subscription, { invoiceNow: false })
    }
  }
  const deleted: Stripe.DeletedCustomer = { id, object: 'customer', deleted: true }
  sandbox.documents.remove('customer', id)
  sandbox.documents.save('deleted_customer', deleted)
  sandbox.emit('customer.deleted', customer)
  return deleted
}
