import type { Reading, Service } from './service.ts'
import type { NewsrackWall } from './wall.ts'

/** Has a link sent that signs the reader in and leads back to this article; how that went is said on the wall. */
export async function signIn(parts: {
  email: string
  wall: NewsrackWall
  service: Service
  reading: Reading
}): Promise<void> {
  const { email, wall, service, reading } = parts
  const outcome = await service.signIn({
    site: reading.site,
    email,
    returnTo: location.pathname + location.search,
    language: reading.language,
  })
  wall.ready()
  if (outcome.kind === 'answer') wall.linkSent(email)
  else wall.refuse(outcome.kind === 'problem' ? outcome.code : 'other')
}
