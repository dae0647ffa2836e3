/** The sandbox's automatic tax: a tenth, whoever buys and wherever. Stripe goes by what is sold and by the address. */
export const taxPercent = 10

export type TaxBehavior = 'exclusive' | 'inclusive'

/** What is not said to include the tax has it added. */
export function taxBehaviorOf(said: string | null | undefined): TaxBehavior {
  return said === 'inclusive' ? 'inclusive' : 'exclusive'
}

/** The tax on an amount in minor units: added to it, or the part of it that is tax. */
export function taxOn(amount: number, behavior: TaxBehavior): number {
  const parts = behavior === 'exclusive' ? 100 : 100 + taxPercent
  return Math.round((amount * taxPercent) / parts)
}

/** An amount with the tax that is added to it. */
export function withTax(amount: number, behavior: TaxBehavior): number {
  return behavior === 'exclusive' ? amount + taxOn(amount, behavior) : amount
}
