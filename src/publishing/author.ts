import { z } from 'zod'

/** Who did something: a person of the console, or a key that was given to a script. The name is kept as it was then. */
export const authorSchema = z.object({ id: z.string(), name: z.string() }).describe('Who did it')

export type Author = z.infer<typeof authorSchema>
