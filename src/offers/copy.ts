import { z } from 'zod'

/** Words people write. What they say about price and time would not follow the numbers, so they may not say it. */
export function copySchema(longest: number) {
  return z
    .string('some words')
    .trim()
    .min(1, 'some words')
    .max(longest, `at most ${longest} characters`)
    .regex(
      /^[^\p{N}\p{Sc}%‰％\p{Cc}]*$/u,
      'words without digits, currency signs or % (the words about price and time are generated)',
    )
}
