import { billingEndpoints } from './billing-endpoints.ts'
import { catalogEndpoints } from './catalog-endpoints.ts'
import { checkoutEndpoints } from './checkout-endpoints.ts'
import { customerEndpoints } from './customer-endpoints.ts'
import type { Endpoints } from './endpoint.ts'
import { eventEndpoints } from './event-endpoints.ts'
import { paymentEndpoints } from './payment-endpoints.ts'

/** Everything the sandbox's API serves. */
export const endpoints: Endpoints = {
  ...catalogEndpoints,
  ...customerEndpoints,
  ...checkoutEndpoints,
  ...billingEndpoints,
  ...paymentEndpoints,
  ...eventEndpoints,
}
