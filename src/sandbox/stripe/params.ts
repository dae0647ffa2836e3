import { Ajv, type ErrorObject } from 'ajv'
import qs from 'qs'
import { invalid, missing, notModelled, type Refusal } from './errors.ts'
import type { EndpointParams } from './schemas/endpoint-params.ts'
import schemas from './schemas/stripe-params.generated.json' with { type: 'json' }

export type EndpointName = keyof EndpointParams
type Decoded = Record<string, unknown>

const ajv = new Ajv({ coerceTypes: true, allowUnionTypes: true, validateSchema: false }).addSchema(
  schemas,
  'stripe',
)

/** Decodes a form or a query as Stripe's clients write it: `line_items[0][price]=…`, `expand[]=…`. */
export function decodeForm(text: string): Decoded {
  try {
    const options = {
      allowSparse: true,
      arrayLimit: 1000,
      depth: 12,
      parameterLimit: 5000,
      plainObjects: true,
    }
    return settleArrays(qs.parse(text, { ...options, throwOnLimitExceeded: true }))
  } catch (error) {
    if (error instanceof RangeError) throw invalid(`Invalid request: ${error.message}`)
    throw error
  }
}

/**
 * Compiles all that parameters are checked by, during half a second or more in which nothing else runs. To be called
 * before anything waits for a store: a connection that was silent so long is given up.
 */
export function prepareParams(): void {
  validatorOf('GET /v1/events')
}

/**
 * The parameters of an endpoint, checked against the library's own type of them, numbers and booleans made of the
 * form's text. Throws Stripe's refusal, or notModelled for what Stripe has and the endpoint does not act on.
 */
export function checkParams<Name extends EndpointName>(
  name: Name,
  params: Decoded,
  models: readonly string[],
): EndpointParams[Name] {
  const checked: unknown = params
  if (!fits(name, checked)) throw refusalOf(validatorOf(name).errors ?? [], params)
  const foreign = paths(params).find(
    (path) => !models.some((known) => path === known || path.startsWith(`${known}.`)),
  )
  if (foreign) throw notModelled(foreign)
  return checked
}

function fits<Name extends EndpointName>(name: Name, params: unknown): params is EndpointParams[Name] {
  return validatorOf(name)(params) === true
}

function validatorOf(name: EndpointName) {
  const validate = ajv.getSchema(
    `stripe#/definitions/EndpointParams/properties/${name.replaceAll('/', '~1')}`,
  )
  if (!validate) throw new Error(`No schema for ${name}: run schemas/generate.ts`)
  return validate
}

/** A list may have gaps, which close; metadata never is a list, whatever its keys look like. */
function settleArrays(decoded: object): Decoded {
  const settle = (value: unknown, name: string): unknown => {
    if (Array.isArray(value) && name !== 'metadata')
      return Object.values(value).map((item) => settle(item, ''))
    return typeof value === 'object' && value !== null ? settleArrays(value) : value
  }
  return Object.fromEntries(Object.entries(decoded).map(([name, value]) => [name, settle(value, name)]))
}

/** Where each value is, without the numbers of lists: `line_items.price`. */
function paths(value: unknown, prefix = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => paths(item, prefix))
  if (typeof value !== 'object' || value === null) return [prefix]
  return Object.entries(value).flatMap(([name, inner]) => paths(inner, prefix ? `${prefix}.${name}` : name))
}

/** Of a union every branch complains: what helps is the deepest complaint, and the one about names before values. */
function refusalOf(errors: ErrorObject[], params: Decoded): Refusal {
  const [first] = errors
    .filter((error) => error.keyword !== 'anyOf')
    .toSorted((a, b) => weight(b) - weight(a))
  if (!first) throw new Error('A schema refused without a reason')
  const at = first.instancePath.split('/').slice(1).map(unescapePointer)
  const { keyword, params: detail } = first
  if (keyword === 'additionalProperties') {
    const param = bracketed([...at, detail.additionalProperty])
    return invalid(`Received unknown parameter: ${param}`, { param, code: 'parameter_unknown' })
  }
  if (keyword === 'required') return missing(bracketed([...at, detail.missingProperty]))
  const param = bracketed(at)
  const given = JSON.stringify(valueAt(params, at))
  if (keyword === 'minLength') {
    return invalid(`You passed an empty string for '${param}', which cannot be unset: leave it out.`, {
      param,
      code: 'parameter_invalid_empty',
    })
  }
  if (keyword === 'enum') {
    return invalid(`Invalid ${param}: must be one of ${detail.allowedValues.join(', ')}; got ${given}`, {
      param,
    })
  }
  if (keyword === 'const') return invalid(`Invalid ${param}: must be ${detail.allowedValue}`, { param })
  if (keyword === 'type' && detail.type === 'integer') {
    return invalid(`Invalid integer: ${given}`, { param, code: 'parameter_invalid_integer' })
  }
  return invalid(`Invalid ${keyword === 'type' ? detail.type : param}: ${given}`, { param })
}

function weight(error: ErrorObject): number {
  const order = ['const', 'type', 'enum', 'minLength', 'required', 'additionalProperties']
  const unlikely = error.keyword === 'type' && error.params.type === 'null' ? 1 : 0
  return error.instancePath.split('/').length * 100 + order.indexOf(error.keyword) * 10 - unlikely
}

function bracketed([first = '', ...rest]: string[]): string {
  return first + rest.map((part) => `[${part}]`).join('')
}

function unescapePointer(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~')
}

function valueAt(params: unknown, at: string[]): unknown {
  return at.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null
        ? Object.entries(value).find(([name]) => name === key)?.[1]
        : undefined,
    params,
  )
}
