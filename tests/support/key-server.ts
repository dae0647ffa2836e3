import { once } from 'node:events'
import { createServer } from 'node:http'
import { exportJWK, generateKeyPair, type JWK } from 'jose'

export type SigningKey = Awaited<ReturnType<typeof newSigningKey>>

/** A publisher's key pair. */
export async function newSigningKey(algorithm: 'RS256' | 'ES256', kid: string) {
  const { publicKey, privateKey } = await generateKeyPair(algorithm, { extractable: true })
  const jwk: JWK = { ...(await exportJWK(publicKey)), kid, alg: algorithm, use: 'sig' }
  return { kid, algorithm, jwk, privateKey, publicKey }
}

/** A publisher's key set on loopback: what it holds may change, and it may fail or fall silent. */
export async function startKeyServer() {
  let keys: readonly JWK[] = []
  let status = 200
  let asked = 0
  const server = createServer((_request, response) => {
    asked += 1
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify({ keys }))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the key server has no port')
  return {
    url: `http://127.0.0.1:${address.port}/jwks.json`,
    publish(...published: SigningKey[]) {
      keys = published.map(({ jwk }) => jwk)
    },
    answerWith(code: number) {
      status = code
    },
    /** How often it was asked. */
    asked: () => asked,
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
