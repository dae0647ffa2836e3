import { z } from 'zod'
import { type Version, versionSchema } from '../publishing/version-store.ts'

export const versionAnswerSchema = versionSchema
  .pick({ number: true, by: true, why: true, draft: true, approvedBy: true, restores: true })
  .extend({ publishedAt: z.iso.datetime() })
  .describe('A published version')

export function versionAnswer(version: Version): z.infer<typeof versionAnswerSchema> {
  const { number, by, why, draft, approvedBy, restores, publishedAtMs } = version
  return { number, by, why, draft, approvedBy, restores, publishedAt: new Date(publishedAtMs).toISOString() }
}
