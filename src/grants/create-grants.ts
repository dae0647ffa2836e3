import type { Route } from '../http/route.ts'
import { createGrantKeys } from './grant-keys.ts'
import { createSignGrant, type SignGrant } from './grants.ts'
import { jwksRoutes } from './jwks.routes.ts'

/** The room, wired: what signs grants, and where their keys are. `now` gives epoch milliseconds. */
export function createGrants(options: { secrets: readonly string[]; serviceUrl: URL; now: () => number }): {
  signGrant: SignGrant
  routes: Route[]
} {
  const { secrets, serviceUrl, now } = options
  const keys = createGrantKeys(secrets)
  return { signGrant: createSignGrant({ keys, secrets, serviceUrl }), routes: jwksRoutes({ keys, now }) }
}
