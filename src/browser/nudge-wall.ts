import type { Answer } from './page-api.d.ts'
import { NewsrackWall } from './wall.ts'

/** What brings the offer to an open article: a bar along the window's lower edge, which goes when it is closed. */
export function nudgeWall(
  answer: Answer,
  nudge: NonNullable<Answer['nudge']>,
  now: () => number,
): NewsrackWall {
  const wall = new NewsrackWall()
  const leave = () => wall.leave()
  wall.now = now
  wall.onDismiss = leave
  // What is no longer on offer has no place on an open article.
  wall.onEnd = leave
  wall.show({
    ...answer,
    wall: { kind: 'subscription', layout: 'bar', dismissible: true, words: nudge.words },
  })
  return wall
}
