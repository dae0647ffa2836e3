import { createECDH, createPrivateKey, hash, hkdfSync, type KeyObject } from 'node:crypto'

/** A key that signs grants, and its public half as a member of a JWK set (RFC 7517). */
export type GrantKey = { kid: string; privateKey: KeyObject; publicJwk: PublicJwk }

export type PublicJwk = {
  kty: 'EC'
  crv: 'P-256'
  x: string
  y: string
  kid: string
  use: 'sig'
  alg: 'ES256'
}

/**
 * The P-256 key of one period, derived from a secret by HKDF-SHA-256: every process that has the secret has the key, and
 * nothing has to be kept or agreed upon. Nobody who has one period's key can work out another's.
 */
export function deriveGrantKey(secret: string, period: number): GrantKey {
  const d = scalar(new Uint8Array(hkdfSync('sha256', secret, '', `grant key\n${period}`, seedBytes)))
  const ecdh = createECDH('prime256v1')
  ecdh.setPrivateKey(d)
  const point = ecdh.getPublicKey()
  const curve = { kty: 'EC', crv: 'P-256' } as const
  const x = point.subarray(1, 33).toString('base64url')
  const y = point.subarray(33).toString('base64url')
  const kid = thumbprint(x, y)
  return {
    kid,
    privateKey: createPrivateKey({ key: { ...curve, x, y, d: d.toString('base64url') }, format: 'jwk' }),
    publicJwk: { ...curve, x, y, kid, use: 'sig', alg: 'ES256' },
  }
}

/** 128 bits more than the order has, so that the remainder is as good as uniform (FIPS 186-5, A.2.1). */
const seedBytes = 48
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n

/** A number from 1 to the order less one, 32 bytes. */
function scalar(seed: Uint8Array): Buffer {
  const number = (BigInt(`0x${Buffer.from(seed).toString('hex')}`) % (order - 1n)) + 1n
  return Buffer.from(number.toString(16).padStart(64, '0'), 'hex')
}

/** 96 bits of the key's thumbprint (RFC 7638). */
function thumbprint(x: string, y: string): string {
  const digest = hash('sha256', `{"crv":"P-256","kty":"EC","x":"${x}","y":"${y}"}`, 'buffer')
  return digest.subarray(0, 12).toString('base64url')
}
