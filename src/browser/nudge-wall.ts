import type { Answer } from './page-api.d.ts'
import { NewsrackWall } from './wall.ts'

/**
 * The offer that comes with an open article, as a bar along the window's lower edge, which goes when it is closed. Null where
 * the answer brings none.
 */
export function nudgeWall(answer: Answer, now: () => number): NewsrackWall | null {
  const { offer, nudge } = answer
  if (!offer || !nudge) return null
  const wall = new NewsrackWall()
  wall.now = now
  const leave = () => wall.leave()
  wall.onDismiss = leave
  // What is no longer on offer has no place on an open article.
  wall.onEnd = leave
  wall.show({
    ...answer,
    wall: { kind: 'subscription', layout: 'bar', dismissible: true, words: nudge.words },
  })
  return wall
}
