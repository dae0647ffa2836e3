import type Stripe from 'stripe'
import { missing } from './errors.ts'
import { newId } from './ids.ts'
import { mustFind, type Sandbox, seconds } from './sandbox.ts'
import type { PortalSession } from './stored.ts'

const openMs = 60 * 60 * 1000

/** Opens the portal for one customer. Whoever has the address is let in for an hour. */
export function openPortal(
  sandbox: Sandbox,
  params: Stripe.BillingPortal.SessionCreateParams,
): Omit<PortalSession, 'endsAt'> {
  if (params.customer === undefined) throw missing('customer')
  const customer = mustFind(sandbox, 'customer', params.customer, 'customer')
  const id = newId('bps', 40)
  const session: Omit<PortalSession, 'endsAt'> = {
    id,
    object: 'billing_portal.session',
    configuration: 'bpc_sandbox',
    created: seconds(sandbox),
    customer: customer.id,
    customer_account: null,
    flow: null,
    livemode: false,
    locale: params.locale ?? null,
    on_behalf_of: null,
    return_url: params.return_url ?? null,
    url: `${sandbox.pagesUrl()}/portal/${id}`,
  }
  sandbox.documents.save('portal_session', { ...session, endsAt: sandbox.clock.now() + openMs })
  return session
}
