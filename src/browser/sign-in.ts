import type { Service } from './service.ts'
import type { NewsrackWall } from './wall.ts'

/** Has a link sent that signs the reader in and leads back to this article; how that went is said on the wall. */
export async function signIn(parts: {
  email: string
  wall: NewsrackWall
  service: Service
  site: string | undefined
}): Promise<void> {
  const { email, wall, service, site } = parts
  const outcome = await service.signIn({ site, email, returnTo: location.pathname + location.search })
  wall.ready()
  const words = wall.words?.signIn
  if (outcome.kind === 'answer') wall.linkSent(email)
  else wall.say('code' in outcome && outcome.code === 'invalid_request' ? words?.invalid : words?.failed)
}
