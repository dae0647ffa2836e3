import { z } from 'zod'

/** Kinds of readers that an offer may be for. */
export const audienceSchema = z.enum([
  'new',
  'returning',
  'anonymous',
  'registered',
  'never_subscribed',
  'ended',
  'cancelling',
])

export type Audience = z.infer<typeof audienceSchema>

/** Whether the offer lets a subscription go on that its reader has cancelled. Such an offer is for nobody else. */
export function winsBack({ audience }: { audience?: readonly Audience[] | undefined }): boolean {
  return audience?.includes('cancelling') ?? false
}
