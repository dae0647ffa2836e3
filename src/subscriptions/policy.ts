import type { Site } from '../paywall/site.ts'

/** What a site has decided about readers who owe a payment, or whose payment did not stay with it. */
export type AccessPolicy = Pick<
  Site,
  'pastDueGraceDays' | 'whenRefunded' | 'whenDisputed' | 'whenDisputeLost'
>

/** Of a site that is not in the configuration any more: what a site that says nothing has decided. */
export const ordinaryPolicy: AccessPolicy = {
  pastDueGraceDays: 14,
  whenRefunded: 'revoke',
  whenDisputed: 'pause',
  whenDisputeLost: 'revoke',
}
