import { z } from 'zod'
import { deviceSchema } from '../offers/device.ts'
import { articleClassSchema } from '../paywall/article.ts'

/** One recorded visit to an article: enough to decide about it again, and nothing that tells who it was. */
export type Visit = z.infer<typeof visitSchema>

export const visitSchema = z.object({
  atSeconds: z.int(),
  /** 48 bits made of the reader's key with a secret. */
  reader: z.int().min(0),
  article: z.string(),
  section: z.string().optional(),
  tags: z.array(z.string()).optional(),
  class: articleClassSchema,
  registered: z.boolean(),
  /** What opened it whatever the meter says, and would have opened it under any meter. */
  openedBy: z.enum(['subscription', 'exemption']).nullable(),
  device: deviceSchema.nullable(),
  country: z.string().nullable(),
})

/** A place from 0 up to 1 that is always the same for one reader: who lies below a share belongs to the sample. */
export function placeOf({ reader }: Pick<Visit, 'reader'>): number {
  return reader / readerNumbers
}

export const readerNumbers = 2 ** 48

/** A line of the record; short, for there are many. */
export function writeVisit(visit: Visit): string {
  const { atSeconds, reader, article, section, tags, registered, openedBy, device, country } = visit
  return JSON.stringify([
    atSeconds,
    reader,
    article,
    section ?? null,
    tags ?? null,
    visit.class,
    registered ? 1 : 0,
    openedBy,
    device,
    country,
  ])
}

const lineSchema = z.tuple([
  z.int(),
  z.int(),
  z.string(),
  z.string().nullable(),
  z.array(z.string()).nullable(),
  z.string(),
  z.int(),
  z.string().nullable(),
  z.string().nullable(),
  z.string().nullable(),
])

/** Null for a line that this program does not understand. */
export function readVisit(line: string): Visit | null {
  const read = lineSchema.safeParse(JSON.parse(line))
  if (!read.success) return null
  const [atSeconds, reader, article, section, tags, articleClass, registered, openedBy, device, country] =
    read.data
  const visit = visitSchema.safeParse({
    atSeconds,
    reader,
    article,
    ...(section !== null && { section }),
    ...(tags !== null && { tags }),
    class: articleClass,
    registered: registered === 1,
    openedBy,
    device,
    country,
  })
  return visit.success ? visit.data : null
}
