import { z } from 'zod'

const longestIdBytes = 512

export const articleClassSchema = z.enum(['free', 'metered', 'registered', 'premium'])

/** What a front end says of the article that a reader wants to open. */
export const articleSchema = z
  .strictObject({
    id: z
      .string()
      .min(1, `1 to ${longestIdBytes} bytes`)
      .refine((id) => Buffer.byteLength(id) <= longestIdBytes, `1 to ${longestIdBytes} bytes`)
      .refine((id) => id.isWellFormed(), 'well-formed Unicode')
      .describe(`The publisher’s own id, up to ${longestIdBytes} bytes; a canonical URL will do`),
    section: z.string().max(100).optional(),
    tags: z.array(z.string().max(100)).max(50).optional(),
    class: articleClassSchema
      .default('metered')
      .describe(
        'free: open to all; metered: counts; registered: needs an account; premium: subscribers only',
      ),
    url: z.string().max(2048).optional(),
  })
  .describe('An article')

export type Article = z.infer<typeof articleSchema>
