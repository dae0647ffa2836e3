import { z } from 'zod'

/** `none`: no tax is reckoned. `inclusive`: prices contain it. `exclusive`: it is added to them. */
export const taxSchema = z.enum(['none', 'inclusive', 'exclusive'])

/** How prices stand to tax. Stripe reckons it, by its own settings. */
export type Tax = z.infer<typeof taxSchema>
