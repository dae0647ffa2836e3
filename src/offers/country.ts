import { z } from 'zod'

const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })

/** A country as content delivery networks name it. */
export const countrySchema = z
  .string()
  .refine(
    (code) => /^[A-Z]{2}$/.test(code) && names.of(code) !== undefined,
    'a country in two upper-case letters (ISO 3166-1), such as US',
  )
  .describe('ISO 3166-1 alpha-2')
