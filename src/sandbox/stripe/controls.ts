import type { DeliveryHabits } from './delivery-habits.ts'
import type { Outage, Outages } from './outages.ts'
import { addIntervals } from './periods.ts'

/** What whoever runs the sandbox can have go wrong. */
export type Controls = {
  habits(): DeliveryHabits
  deliver(habits: DeliveryHabits): void
  outages: Outages
}

type Preset<T> = { id: string; label: string; value: T }

/** The ways of delivering that the controls' page offers. */
export const deliveryPresets: readonly Preset<DeliveryHabits>[] = [
  { id: 'prompt', label: 'once and at once', value: {} },
  { id: 'late', label: 'a minute late', value: { lateMs: 60_000 } },
  { id: 'twice', label: 'twice each', value: { twice: true } },
  {
    id: 'shuffled',
    label: 'twice each and in any order, over half a minute',
    value: { spreadMs: 30_000, twice: true },
  },
  {
    id: 'never',
    label: 'not at all: the service has to ask for what it missed',
    value: { dropped: ['*'] },
  },
]

/** The states of the API that the controls' page offers. */
export const outagePresets: readonly Preset<Outage | undefined>[] = [
  { id: 'well', label: 'works', value: undefined },
  { id: 'error', label: 'answers 500 to everything', value: { kind: 'error' } },
  { id: 'slow', label: 'takes 10 seconds for everything', value: { kind: 'slow', delayMs: 10_000 } },
  { id: 'gone', label: 'cannot be reached', value: { kind: 'gone' } },
  { id: 'lost', label: 'does what it is asked and loses every answer', value: { kind: 'lost' } },
]

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** How far the controls' page moves the clock. Months are as long as the calendar has them. */
export const clockMoves: readonly { id: string; label: string; from: (now: number) => number }[] = [
  { id: 'hour', label: '1 hour', from: (now) => now + hourMs },
  { id: 'day', label: '1 day', from: (now) => now + dayMs },
  { id: 'week', label: '1 week', from: (now) => now + 7 * dayMs },
  { id: 'month', label: '1 month', from: (now) => monthsLater(now, 1) },
  { id: 'five-months', label: '5 months', from: (now) => monthsLater(now, 5) },
  { id: 'year', label: '1 year', from: (now) => monthsLater(now, 12) },
]

function monthsLater(now: number, count: number): number {
  return addIntervals(Math.floor(now / 1000), { interval: 'month', interval_count: 1 }, count) * 1000
}

export function controlsOf(outages: Outages, initial: DeliveryHabits): Controls {
  let habits = initial
  return {
    habits: () => habits,
    deliver: (next) => {
      habits = next
    },
    outages,
  }
}

/** Which preset is in force; none where a program has chosen something else. */
export function presetInForce<T>(presets: readonly Preset<T>[], value: T): string | undefined {
  return presets.find((preset) => JSON.stringify(preset.value) === JSON.stringify(value))?.id
}
