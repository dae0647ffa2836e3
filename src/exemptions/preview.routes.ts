import type { ServerResponse } from 'node:http'
import { z } from 'zod'
import { readJson } from '../http/body.ts'
import { Problem, sendProblem } from '../http/problem.ts'
import { type Route, type RoutedRequest, sendJson } from '../http/route.ts'
import { siteOf } from '../paywall/access-request.ts'
import type { Rules } from '../paywall/rules.ts'
import { idSchema } from '../publishing/id.ts'
import type { IdentifyCaller } from '../readers/caller.ts'
import type { PreviewTokens } from './preview-token.ts'

export type PreviewRoutesParts = {
  rules: () => Rules
  identify: IdentifyCaller
  previewTokens: PreviewTokens
  /** Epoch milliseconds. */
  now: () => number
}

const previewSchema = z.strictObject({
  site: idSchema.optional().describe('May be left out, as the site key is of one site'),
  hours: z.int().min(1).max(72).default(8).describe('How long the token is worth something'),
})

/** A publisher's server, which knows its staff, gets them a token for previews. */
export function previewRoutes(parts: PreviewRoutesParts): Route[] {
  return [
    {
      method: 'post',
      path: '/v1/previews',
      summary: 'A token with which staff see articles uncounted',
      description: 'Send it as the header Newsrack-Preview with POST /v1/access and POST /v1/views.',
      callers: ['server'],
      body: previewSchema,
      answers: {
        201: {
          description: 'It cannot be taken back before it ends',
          body: z.object({ token: z.string(), expiresAt: z.iso.datetime({ offset: true }) }),
        },
      },
      problems: [
        'invalid_request',
        'invalid_json',
        'unsupported_media_type',
        'body_too_large',
        'unauthorized',
        'site_key_required',
        'unknown_site',
      ],
      handle: (request, response) => allowPreviews(parts, request, response),
    },
  ]
}

async function allowPreviews(
  { rules, identify, previewTokens, now }: PreviewRoutesParts,
  request: RoutedRequest,
  response: ServerResponse,
): Promise<void> {
  const caller = await identify(request, now())
  if (caller instanceof Problem) return sendProblem(response, caller)
  if (caller.kind !== 'server')
    return sendProblem(response, new Problem('site_key_required', 'Only a publisher’s server may ask this.'))
  const body = await readJson(request, previewSchema)
  if (body instanceof Problem) return sendProblem(response, body)
  const site = siteOf(rules(), caller, body.site)
  if (site instanceof Problem) return sendProblem(response, site)
  const expiresAtMs = Math.floor(now() / 1000) * 1000 + body.hours * 3_600_000
  const token = previewTokens.create({ site: site.site.id, expiresAtMs })
  sendJson(response, 201, { token, expiresAt: site.writeInstant(expiresAtMs) })
}
