import type { RequestListener } from 'node:http'
import express, { type NextFunction, type Request, type Response } from 'express'
import type { Agenda } from './agenda.ts'
import { endpoints } from './endpoints/endpoints.ts'
import { noSuchAddress, Refusal, unauthorized } from './errors.ts'
import type { RequestMark } from './events.ts'
import { expanded } from './expand.ts'
import { type Answer, keepAnswer, keptAnswer } from './idempotency.ts'
import { newId } from './ids.ts'
import type { Outage, Outages } from './outages.ts'
import { checkParams, decodeForm, type EndpointName } from './params.ts'
import type { Sandbox } from './sandbox.ts'

type Options = {
  sandbox: Sandbox
  agenda: Agenda
  outages: Outages
  /** Runs `work` so that the events it causes name the request. */
  during: <T>(request: RequestMark, work: () => T) => T
  log: (message: string) => void
}

/** Stripe's API under `/v1`: one request listener for every endpoint in endpoints/. */
export function createApi(options: Options): RequestListener {
  const app = express().disable('x-powered-by').disable('etag')
  app.use(express.text({ type: () => true, limit: '1mb' }))
  for (const name of Object.keys(endpoints).filter(isEndpoint)) serve(app, name, options)
  app.use((request, response) => {
    sendRefusal(response, isKnown(request) ? noSuchAddress(request.method, request.path) : unauthorized())
  })
  app.use((error: unknown, _request: Request, response: Response, _next: NextFunction) => {
    options.log(`payment sandbox: ${error}`)
    send(response, failure(error))
  })
  return app
}

function serve(
  app: express.Express,
  name: EndpointName,
  { sandbox, agenda, outages, during, log }: Options,
): void {
  const [method, path = ''] = name.split(' ')
  const handle = async (request: Request, response: Response) => {
    const outage = outages.meet(name)
    if (outage?.kind === 'gone') return breakOff(response)
    if (outage?.kind === 'error') return send(response, failure('outage'))
    if (outage?.kind === 'slow' && !(await outages.wait(outage.delayMs))) return breakOff(response)
    agenda.catchUp()
    const id = newId('req', 14)
    const key = (method === 'POST' && request.get('idempotency-key')) || null
    response.set('Request-Id', id)
    response.set('Stripe-Version', request.get('stripe-version') ?? '')
    if (key) response.set('Idempotency-Key', key)
    try {
      if (!isKnown(request)) throw unauthorized()
      const call = { sandbox, name, request, key, response, outage, log }
      const result = during({ id, idempotency_key: key }, () => answer(call))
      if (outage?.kind === 'lost') breakOff(response)
      else send(response, result)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      sendRefusal(response, error)
    }
    agenda.catchUp()
  }
  if (method === 'GET') app.get(path, handle)
  else if (method === 'DELETE') app.delete(path, handle)
  else app.post(path, handle)
}

type Call = {
  sandbox: Sandbox
  name: EndpointName
  request: Request
  key: string | null
  response: Response
  outage: Outage | undefined
  log: (message: string) => void
}

/** A request that is not well-formed leaves no trace under its key; whatever came of any other is kept, failures too. */
function answer({ sandbox, name, request, key, response, outage, log }: Call): Answer {
  const form = formOf(request)
  const asked = JSON.stringify([request.method, request.path, form])
  const kept = key === null ? undefined : keptAnswer(sandbox, key, asked)
  if (kept) {
    response.set('Idempotent-Replayed', 'true')
    return kept
  }
  const work = prepare(sandbox, name, { form, id: String(request.params.id ?? '') })
  let result: Answer
  try {
    if (outage?.kind === 'kept_error') throw new Error('a simulated outage')
    const done = sandbox.documents.transaction(work)
    result = done instanceof Refusal ? failure(done) : { status: 200, body: JSON.stringify(done, null, 2) }
  } catch (error) {
    if (!(error instanceof Refusal)) log(`payment sandbox: ${name} failed: ${error}`)
    result = failure(error)
  }
  if (key !== null) keepAnswer(sandbox, key, asked, result)
  return result
}

/** Checks the parameters now and leaves the work for a transaction. */
function prepare<Name extends EndpointName>(
  sandbox: Sandbox,
  name: Name,
  { form, id }: { form: Record<string, unknown>; id: string },
): () => object {
  const endpoint = endpoints[name]
  const params = checkParams(name, form, endpoint.models)
  const paths = Array.isArray(form.expand) ? form.expand.map(String) : []
  return () => {
    const done = endpoint.run(sandbox, params, id)
    return done instanceof Refusal ? done : expanded(sandbox, done, paths)
  }
}

function formOf(request: Request): Record<string, unknown> {
  const body = typeof request.body === 'string' ? request.body : ''
  const query = request.originalUrl.split('?')[1] ?? ''
  return decodeForm([query, body].filter(Boolean).join('&'))
}

function failure(error: unknown): Answer {
  if (error instanceof Refusal)
    return { status: error.status, body: JSON.stringify({ error: error.body }, null, 2) }
  const message = 'Something went wrong inside the payment sandbox.'
  return { status: 500, body: JSON.stringify({ error: { type: 'api_error', message } }, null, 2) }
}

function send(response: Response, { status, body }: Answer): void {
  response.status(status).type('application/json').send(body)
}

/** As if the network had failed: there is no answer. */
function breakOff(response: Response): void {
  response.socket?.destroy()
}

function sendRefusal(response: Response, refusal: Refusal): void {
  send(response, failure(refusal))
}

/** Any key will do, as long as there is one: `Bearer sk_test_…`, or Basic with the key as the user. */
function isKnown(request: Request): boolean {
  const [scheme, credentials = ''] = (request.get('authorization') ?? '').trim().split(/\s+/)
  if (scheme?.toLowerCase() === 'basic')
    return Buffer.from(credentials, 'base64').toString().split(':')[0] !== ''
  return scheme?.toLowerCase() === 'bearer' && credentials !== ''
}

function isEndpoint(name: string): name is EndpointName {
  return name in endpoints
}
