/** What the console calls things. */

export const kindWords: Record<string, { one: string; many: string; about: string }> = {
  offers: {
    one: 'offer',
    many: 'Offers',
    about: 'What readers are proposed when their free articles are used up.',
  },
  plans: { one: 'plan', many: 'Plans', about: 'What is sold, at its regular price.' },
  meters: { one: 'meter', many: 'Meters', about: 'How many articles a reader may open free in a window.' },
  walls: { one: 'wall', many: 'Walls', about: 'What stands in front of an article that was refused.' },
  nudges: {
    one: 'nudge',
    many: 'Nudges',
    about: 'When an offer is shown beside an article that stays open.',
  },
  exemptions: {
    one: 'exemption',
    many: 'Exemptions',
    about: 'Visits that are not counted, or get an allowance of their own.',
  },
  experiments: {
    one: 'experiment',
    many: 'Experiments',
    about: 'An offer or a limit in variants, compared fairly.',
  },
  sites: {
    one: 'site',
    many: 'Sites',
    about: 'One publication each. Every meter, wall and offer belongs to one.',
  },
}

export const kindOrder = Object.keys(kindWords)

export function oneOf(kind: string): string {
  return kindWords[kind]?.one ?? kind
}

export function manyOf(kind: string): string {
  return kindWords[kind]?.many ?? labelOf(kind)
}

const labels: Record<string, string> = {
  id: 'Name in addresses',
  timeZone: 'Time zone',
  url: 'Address of the site',
  intro: 'Introductory price',
  belowMinimum: 'If it is less than Stripe charges',
  percent: 'Percent off',
  in_all: 'One amount for the whole intro',
  each_period: 'A lower amount on each of the first bills',
  percent_off: 'A percentage off',
  free: 'Free days',
  for: 'How long',
  once: 'Once',
  every: 'Billed every',
  price: 'Regular price',
  limit: 'Free articles',
  anonymous: 'Without an account',
  registered: 'With an account',
  rollingDays: 'Rolling days',
  startsAt: 'Starts',
  endsAt: 'Ends',
  kind: 'Kind',
  site: 'Site',
  oncePerReader: 'Once per reader',
  promotionCodes: 'Promotion codes',
  whenStoreUnavailable: 'When the store cannot be asked',
  pastDueGraceDays: 'Days of grace after a failed payment',
  withdrawalDays: 'Days to withdraw',
  weekStartsOn: 'Week starts on',
  aMonth: 'Links a month',
  atMost: 'At most',
  fromView: 'From view',
  toView: 'To view',
  userAgent: 'User agent',
  defer: 'Add it to the first regular bill',
  waive: 'Make the intro free',
  forbid: 'Do not accept the offer',
  inline: 'In the article',
  overlay: 'Over the page',
  bar: 'A bar along the window’s edge',
  past_due: 'Payment overdue',
  never_subscribed: 'Never subscribed',
  cancelling: 'Cancelling, still reading',
  ended: 'Subscription ended',
  none: 'None',
  readersWanted: 'Readers wanted',
  mostStopped: 'Stop when more are stopped than',
  holdback: 'Holdback',
  of: 'Of what',
  stopRate: 'Stop rate',
  offersShown: 'Offers shown',
}

/** `endsAt` as people read it. */
export function labelOf(name: string): string {
  const known = labels[name]
  if (known !== undefined) return known
  const spaced = name
    .replaceAll('_', ' ')
    .replace(/([a-z])([A-Z])/g, (_all, one: string, two: string) => `${one} ${two.toLowerCase()}`)
  return spaced.charAt(0).toUpperCase() + spaced.slice(1)
}

export const roleWords: Record<string, string> = {
  viewer: 'Looks at everything, previews and explains',
  editor: 'Writes drafts, too',
  publisher: 'Publishes, schedules, approves and rolls back, too',
  admin: 'Invites people and makes keys, too',
}

export const actionWords: Record<string, string> = {
  draft_begun: 'began a draft',
  draft_renamed: 'renamed the draft',
  entry_added: 'added',
  entry_changed: 'changed',
  entry_removed: 'removed',
  entry_moved: 'moved',
  entry_archived: 'archived',
  entry_restored: 'restored',
  draft_replaced: 'replaced the draft',
  draft_rebased: 'brought the draft up to date',
  draft_approved: 'approved the draft',
  draft_scheduled: 'scheduled the draft',
  draft_unscheduled: 'took the draft from the schedule',
  schedule_failed: 'could not publish on schedule',
  draft_discarded: 'discarded the draft',
  published: 'published',
  rolled_back: 'rolled back',
}

/** `1 change`, `3 changes`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`
}
