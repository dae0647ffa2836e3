import type { Job } from '../jobs/job.ts'
import type { Attempt } from '../subscriptions/attempt.ts'
import type { SubscriptionSeen } from '../subscriptions/sync-subscription.ts'
import { planGiftNotice, planNotices } from './plan-notices.ts'
import { type SendingParts, sendNoticesJob } from './send-notices.ts'

/** The room, wired. */
export type Notices = {
  /**
   * Hears how a subscription stands, as often as anybody asks the payment service, and notes what its reader is to be
   * written. `ticket` says in which order was asked.
   */
  subscriptionSeen(seen: SubscriptionSeen): Promise<void>
  /** The reader has withdrawn from the contract. */
  withdrawn(from: { subscription: string; attempt: Attempt }): Promise<void>
  /** A gift has been paid, as often as anybody asks: who bought it is written the link. */
  giftPaid(attempt: Attempt): Promise<void>
  jobs: readonly Job[]
}

export function createNotices(parts: SendingParts): Notices {
  const { notices, rules, now } = parts
  return {
    async subscriptionSeen({ subscription, attempt, ticket }) {
      const site = rules().sites.get(attempt.site)
      if (site === undefined) return
      const isEnding = subscription.endsAtMs !== null
      const endings = await notices.countEndings({ subscription: subscription.id, isEnding, ticket })
      const { timeZone } = site.site
      await notices.planNotices(planNotices({ subscription, attempt, endings, timeZone, now: now() }))
    },
    async withdrawn({ subscription, attempt }) {
      const id = `withdrawn:${subscription}`
      await notices.planNotices([{ id, kind: 'withdrawn', subscription, attempt: attempt.id, dueMs: now() }])
    },
    async giftPaid(attempt) {
      const notice = planGiftNotice(attempt, now())
      if (notice !== null) await notices.planNotices([notice])
    },
    jobs: [sendNoticesJob(parts)],
  }
}
