import type { Router } from 'express'
import type { Route } from '../http/route.ts'
import { type AmpRoutesParts, ampRoutes } from './amp.routes.ts'
import { type AmpSignInParts, ampSignInPages } from './amp-sign-in.routes.ts'

/** The room, wired: what AMP calls, and the page that its login action opens. */
export function createAmp(parts: AmpRoutesParts & AmpSignInParts): { routes: Route[]; pages: Router } {
  return { routes: ampRoutes(parts), pages: ampSignInPages(parts) }
}
