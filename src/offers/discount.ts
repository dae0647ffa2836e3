import { remembered } from '../remembered.ts'
import type { DiscountIntro } from './intro.ts'
import { type Period, type Plan, periodOf } from './plan.ts'
import { count, length } from './words.en.ts'

/** The first bills that a discount lowers, and the months that Stripe's coupon says for it: null is the first bill only. */
export type DiscountLength = { bills: number; months: number | null }

/** How long the intro lowers the plan's bills; or, where a coupon cannot say that, what could be said instead. */
export function discountLength(intro: DiscountIntro, plan: Plan): DiscountLength | { expected: string } {
  const every = periodOf(plan)
  if (intro.for === 'once') return { bills: 1, months: null }
  const time = periodOf({ every: intro.for })
  const bills = periodsIn(time, every)
  if (bills === null) return { expected: wholePeriods(every) + hitBy(time, every) }
  const months = couponMonths(every, bills)
  return months === undefined ? { expected: exactTimes(every) } : { bills, months }
}

/** What is left of a price. Half a minor unit is taken off too, as Stripe rounds the discount and not what is left. */
export function percentOff(amount: number, percent: number): number {
  return amount - Math.round((amount * percent) / 100)
}

/** How many whole periods make up the time; null if it holds none exactly. */
function periodsIn(time: Period, period: Period): number | null {
  if (isInMonths(time) !== isInMonths(period)) return null
  const periods = inBaseUnits(time) / inBaseUnits(period)
  return Number.isInteger(periods) ? periods : null
}

/**
 * The months of a coupon that lowers exactly so many bills, whenever the subscription begins; undefined where no number
 * of months does. Stripe ends such a discount that many calendar months after its beginning, whatever is billed by then.
 */
function couponMonths(period: Period, bills: number): number | null | undefined {
  if (bills === 1) return null
  if (isInMonths(period)) return bills * inBaseUnits(period)
  const days = inBaseUnits(period)
  return allMonths.find((months) => {
    const { fewest, most } = daysIn(months)
    return days * (bills - 1) < fewest && most < days * bills
  })
}

/** As many as the regular price's longest period. */
const allMonths = Array.from({ length: 36 }, (_, index) => index + 1)

function isInMonths({ unit }: Period): boolean {
  return unit === 'month' || unit === 'year'
}

/** Days, or months. */
function inBaseUnits({ unit, count }: Period): number {
  return count * { day: 1, week: 7, month: 1, year: 12 }[unit]
}

const dayMs = 86_400_000

/** How many days some calendar months have, from whichever day of a leap year or the three after it they begin. */
function daysIn(months: number): { fewest: number; most: number } {
  return daysOfMonths(String(months))
}

const daysOfMonths = remembered((months: string) => {
  const lengths = beginnings.map((start) => (monthsLater(start, Number(months)) - start.getTime()) / dayMs)
  return { fewest: Math.min(...lengths), most: Math.max(...lengths) }
})

/** Up to the 28th, months are as long from one day as from another. */
const beginnings = Array.from({ length: 48 }, (_, month) => month).flatMap((month) =>
  [1, 29, 30, 31]
    .map((day) => new Date(Date.UTC(2024, month, day)))
    .filter((start) => start.getUTCMonth() === month % 12),
)

/** A month too short gives its last day. */
function monthsLater(start: Date, months: number): number {
  const [year, month] = [start.getUTCFullYear(), start.getUTCMonth() + months]
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  return Date.UTC(year, month, Math.min(start.getUTCDate(), lastDay))
}

function wholePeriods(every: Period): string {
  const example = every.unit === 'year' ? every.count : every.count * 3
  return `once, or whole billing periods such as { ${every.unit}s: ${example} }, for a discount lowers whole bills of ${one(every)}`
}

/** What a coupon of calendar months would do to bills that are not by the month. */
function hitBy(time: Period, every: Period): string {
  if (!isInMonths(time) || isInMonths(every)) return ''
  const { fewest, most } = daysIn(inBaseUnits(time))
  const counts = new Set([fewest, most].map((days) => Math.ceil(days / inBaseUnits(every))))
  return ` (a coupon of ${count(time)} lowers ${[...counts].join(' or ')} of them)`
}

function exactTimes(every: Period): string {
  const longest = Math.floor((3 * 366) / inBaseUnits(every))
  const bills = Array.from({ length: longest }, (_, index) => index + 1)
  const exact = bills.filter((many) => couponMonths(every, many) !== undefined)
  const times = exact.map((many) => many * every.count)
  return `a number of ${every.unit}s in which calendar months hold a whole number of bills, for coupons count in months: one of ${times.join(', ')}`
}

function one(period: Period): string {
  return period.count === 1 ? `a ${period.unit}` : length(period)
}
