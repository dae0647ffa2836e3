import { request } from 'node:http'

export type PostOutcome = { delivered: true } | { delivered: false; reason: string }

const timeoutMs = 20_000

/** Posts one signed event; whatever goes wrong is an outcome. A process with nothing else to do may end while it is under way. */
export function postEvent(options: {
  url: () => string
  payload: string
  signature: string
  signal: AbortSignal
}): Promise<PostOutcome> {
  return new Promise<PostOutcome>((resolve, reject) => {
    const { url, payload, signature, signal } = options
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(payload),
      'stripe-signature': signature,
      'user-agent': 'Stripe/1.0 (payment sandbox)',
    }
    const call = request(
      url(),
      { method: 'POST', headers, signal, timeout: timeoutMs, agent: false },
      (response) => {
        const status = response.statusCode ?? 0
        response
          .on('error', reject)
          .on('end', () => resolve(outcomeOf(status)))
          .resume()
      },
    )
    call.on('socket', (socket) => socket.unref())
    call.on('timeout', () => call.destroy(new Error('no answer in time')))
    call.on('error', reject).end(payload)
  }).catch((error) => ({ delivered: false, reason: String(error) }))
}

function outcomeOf(status: number): PostOutcome {
  const delivered = status >= 200 && status < 300
  return delivered ? { delivered } : { delivered, reason: `answered ${status}` }
}
