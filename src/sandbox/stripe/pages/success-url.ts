import type { Session } from '../stored.ts'

/** Where a session that has been paid leads on to. */
export function successUrl({ id, success_url: url }: Session): string {
  return (url ?? '').replaceAll('{CHECKOUT_SESSION_ID}', id)
}
