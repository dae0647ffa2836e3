import { when } from '../time.ts'
import type { Entry, Values } from '../types.ts'
import { labelOf } from '../words.ts'
import { digitsOf } from './money-field.tsx'
import { isRecord } from './variants.ts'

/** What an entry is, in a line below its name. */
export function summaryOf({ kind, entry }: Entry, all: readonly Entry[]): string {
  const parts = (summaries[kind] ?? (() => [String(entry.id ?? '')]))(entry, all)
  return parts.filter((part) => part !== '').join(' · ')
}

const summaries: Record<string, (entry: Values, all: readonly Entry[]) => string[]> = {
  offers(entry, all) {
    const plan = all.find((one) => one.kind === 'plans' && one.entry.id === entry.plan && !one.archived)
    const currency = isRecord(plan?.entry.price) ? String(plan.entry.price.currency) : 'USD'
    const intro = introWords(entry.intro, currency)
    const isGift = isRecord(entry.gift)
    return [
      intro,
      isRecord(entry.gift) ? `a gift for ${money(entry.gift.amount, currency)}` : '',
      plan && !isGift ? `${intro === '' ? '' : 'then '}${priceWords(plan.entry)}` : '',
      typeof entry.endsAt === 'string' ? `ends ${instantWords(entry.endsAt)}` : '',
      `priority ${String(entry.priority ?? 0)}`,
    ]
  },
  plans: (entry) => [String(entry.id), priceWords(entry)],
  meters({ limit, window, scope }) {
    const of = isRecord(limit)
      ? `${String(limit.anonymous)} free, ${String(limit.registered)} with an account`
      : ''
    const during =
      typeof window === 'string'
        ? `a ${window}`
        : isRecord(window)
          ? `in ${String(window.rollingDays)} rolling days`
          : ''
    return [of, during, isRecord(scope) ? 'some articles' : 'all articles']
  },
  walls: ({ layout, dismissible }) => [
    labelOf(String(layout ?? 'inline')),
    dismissible === true ? 'can be closed' : 'cannot be closed',
  ],
  nudges: ({ fromView, toView, meter }) => [
    `from view ${String(fromView)} to ${String(toView ?? fromView)}`,
    `meter ${String(meter ?? 'default')}`,
  ],
  exemptions: ({ kind }) => [labelOf(String(kind))],
  experiments: ({ status, hypothesis }) => [labelOf(String(status ?? 'running')), String(hypothesis ?? '')],
  sites: ({ id, timeZone, language }) => [String(id), String(timeZone), String(language ?? 'en-US')],
}

function introWords(intro: unknown, currency: string): string {
  if (!isRecord(intro)) return ''
  if (intro.kind === 'in_all') return `${money(intro.amount, currency)} for ${String(intro.months)} months`
  if (intro.kind === 'each_period') return `${money(intro.amount, currency)} each of the first bills`
  if (intro.kind === 'percent_off') return `${String(intro.percent)} % off`
  return `${String(intro.days)} days free`
}

function priceWords({ price, every }: Values): string {
  if (!isRecord(price)) return ''
  const [[unit, number] = ['', '']] = Object.entries(isRecord(every) ? every : {})
  return `${money(price.amount, String(price.currency))} every ${number === 1 ? unit.replace(/s$/, '') : `${String(number)} ${unit}`}`
}

/** `$19.99`, of an amount in minor units. */
export function money(amount: unknown, currency: string): string {
  const value = Number(amount) / 10 ** digitsOf(currency)
  return new Intl.NumberFormat('en', { style: 'currency', currency }).format(value)
}

function instantWords(instant: string): string {
  return Number.isNaN(Date.parse(instant))
    ? instant.replace('first start +', '').concat(' after the first start')
    : when(instant)
}
