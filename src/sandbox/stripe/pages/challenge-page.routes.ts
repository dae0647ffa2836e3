import express, { type Request, type Response, type Router } from 'express'
import type { Agenda } from '../agenda.ts'
import { challengedPage, confirmChallenge, refuseChallenge } from '../challenges.ts'
import type { Sandbox } from '../sandbox.ts'
import type { Challenge } from '../stored.ts'
import { challengePage, overPage } from './challenge-page.ts'
import { securePage } from './secure-page.ts'
import { successUrl } from './success-url.ts'

/** The page on which a bank has the owner of a card confirm a payment (3-D Secure), and where their answer leads. */
export function createChallengePage({ sandbox, agenda }: { sandbox: Sandbox; agenda: Agenda }): Router {
  const router = express.Router()

  router.get('/challenge/:challenge', (request, response) => {
    agenda.catchUp()
    show(sandbox, request, response)
  })

  router.post(
    '/challenge/:challenge',
    express.urlencoded({ extended: false, limit: '1kb' }),
    (request, response) => {
      agenda.catchUp()
      const challenge = sandbox.documents.find('challenge', request.params.challenge)
      if (!challenge) return show(sandbox, request, response)
      const confirmed = request.body?.answer === 'confirm' && !challenge.refused
      sandbox.documents.transaction(() =>
        confirmed ? confirmChallenge(sandbox, challenge) : refuseChallenge(sandbox, challenge),
      )
      response.redirect(303, confirmed ? onward(sandbox, challenge) : challengedPage(sandbox, challenge))
      agenda.catchUp()
    },
  )

  return router
}

function show(sandbox: Sandbox, request: Request<{ challenge: string }>, response: Response): void {
  const challenge = sandbox.documents.find('challenge', request.params.challenge)
  const stylesheetUrl = `${request.baseUrl}/checkout.css`
  securePage(response, challenge ? new URL(onward(sandbox, challenge)).origin : '')
  if (!challenge || challenge.refused) {
    response.status(challenge ? 410 : 404).send(overPage(stylesheetUrl))
    return
  }
  const payee = new URL(onward(sandbox, challenge)).host
  response.send(challengePage({ challenge, payee, stylesheetUrl }))
}

/** Where a confirmed challenge leads: on from a session that is paid, back to an invoice. */
function onward(sandbox: Sandbox, challenge: Challenge): string {
  const { purpose } = challenge
  const session = purpose.kind === 'session' && sandbox.documents.find('session', purpose.session)
  if (session && session.status !== 'expired') return successUrl(session)
  return challengedPage(sandbox, challenge)
}
