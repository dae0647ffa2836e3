import { PaymentsUnavailable } from './payments.ts'

export type InTime<T> = T | 'away'

/** A page is not held up for longer than this by what it can do without. */
const patienceMs = 3000

/** What the payment service answers, or `away` where it does not, or takes too long. */
export async function inTime<T>(asked: Promise<T>): Promise<InTime<T>> {
  const tooLate = Promise.withResolvers<'away'>()
  const timer = setTimeout(() => tooLate.resolve('away'), patienceMs)
  try {
    return await Promise.race([asked, tooLate.promise])
  } catch (error) {
    if (error instanceof PaymentsUnavailable) return 'away'
    throw error
  } finally {
    clearTimeout(timer)
  }
}
