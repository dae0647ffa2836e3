import type { IncomingMessage } from 'node:http'

/** The client's country in two upper-case letters (ISO 3166-1), as the content delivery network says; null if it does not. */
export type ClientCountry = (request: IncomingMessage) => string | null

/** `header` as in the setting COUNTRY_HEADER, in lower case; null where no network says it. */
export function createClientCountry(header: string | null): ClientCountry {
  if (header === null) return () => null
  return ({ headers }) => {
    const said = headers[header]
    return typeof said === 'string' && /^[A-Za-z]{2}$/.test(said) ? said.toUpperCase() : null
  }
}
