import type { EndpointName } from '../params.ts'
import type { Sandbox } from '../sandbox.ts'
import type { EndpointParams } from '../schemas/endpoint-params.ts'

type Endpoint<Name extends EndpointName> = {
  /** The parameters it acts on, each with all that is in it; others that Stripe has are refused as not modelled. */
  models: readonly string[]
  run: (sandbox: Sandbox, params: EndpointParams[Name], id: string) => object
}

export type Endpoints<Names extends EndpointName = EndpointName> = { [Name in Names]: Endpoint<Name> }

/** Every endpoint under `/v1/` and one of these words. */
export type EndpointsAt<Resource extends string> = Endpoints<
  Extract<EndpointName, `${string} /v1/${Resource}` | `${string} /v1/${Resource}/${string}`>
>
