import { buy } from './buy.ts'
import type { Hub } from './hub.ts'
import { nudgeWall } from './nudge-wall.ts'
import type { Answer } from './page-api.d.ts'
import type { Reading, Service } from './service.ts'
import { signIn } from './sign-in.ts'

/** Shows the offer that comes with an open article along the lower edge of the window. Returns what takes it away. */
export function showNudge(parts: {
  answer: Answer
  service: Service
  hub: Hub
  reading: Reading
}): () => void {
  const { answer, service, hub, reading } = parts
  const { offer, nudge } = answer
  if (!offer || !nudge) return () => {}
  const wall = nudgeWall(answer, nudge, service.now)
  wall.onBuy = (wanted) => buy({ offer: wanted, wall, service, hub, reading, askAgain: async () => {} })
  wall.onSignIn = (email) => signIn({ email, wall, service, reading })
  document.body.append(wall)
  wall.stand()
  hub.tell('offer', { article: reading.article, offer, place: 'nudge' })
  return () => wall.leave()
}
