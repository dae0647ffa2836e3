import type { Schema } from '../types.ts'

/** Fields that are shown together; those of a closed group are seldom needed. */
export type Group = { title: string | null; fields: string[] }

const closedGroups: Record<string, { title: string; fields: readonly string[] }[]> = {
  offers: [
    {
      title: 'Who may have it',
      fields: ['audience', 'countries', 'sections', 'devices', 'referrers', 'oncePerReader', 'redemptions'],
    },
    { title: 'Other languages', fields: ['translations'] },
    { title: 'Gift and promotion codes', fields: ['gift', 'promotionCodes'] },
  ],
  sites: [
    { title: 'Languages and other addresses', fields: ['languages', 'origins', 'amp', 'grants'] },
    { title: 'Gifts', fields: ['gifts'] },
    {
      title: 'Payments that fail or come back',
      fields: [
        'tax',
        'pastDueGraceDays',
        'whenRefunded',
        'whenDisputed',
        'whenDisputeLost',
        'withdrawalDays',
      ],
    },
  ],
}

/** The fields of a kind, what is needed most first. */
export function groupsOf(kind: string, { properties = {} }: Schema): Group[] {
  const names = Object.keys(properties)
  const closed = (closedGroups[kind] ?? []).map(({ title, fields }) => ({
    title,
    fields: fields.filter((field) => names.includes(field)),
  }))
  const hidden = new Set(closed.flatMap(({ fields }) => fields))
  return [
    { title: null, fields: names.filter((name) => !hidden.has(name)) },
    ...closed.filter(({ fields }) => fields.length > 0),
  ]
}
