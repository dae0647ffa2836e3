import type { Settings } from './settings.ts'

/** What whoever starts the service should know of where to go, and of what stands in for the real thing, a line each. */
export function announcements(options: {
  settings: Settings
  /** Whether the payment sandbox and the outbox stand in. */
  sandbox: boolean
  outbox: boolean
}): string[] {
  const { settings, sandbox, outbox } = options
  const address = settings.publicUrl.href
  return [
    ...(sandbox
      ? [
          `Read the demo newspaper at ${address}`,
          'Payments: the sandbox, as STRIPE_SECRET_KEY is not set. Buy with card 4242 4242 4242 4242.',
        ]
      : [`Newsrack answers at ${address}`]),
    ...(outbox ? [`Mail: none is sent, as SMTP_URL is not set. Read it at ${address}sandbox/outbox`] : []),
    `API reference: ${address}docs`,
    ...(settings.redisUrls.length === 0
      ? [`Store: the embedded one in ${settings.dataDir}/, for one process, as REDIS_URL is not set.`]
      : []),
  ]
}
