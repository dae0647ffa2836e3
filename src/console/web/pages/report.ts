/** Numbers of a period. */
export type Row = {
  readers: number
  stopped: number
  stopRate: number | null
  views: number
  stops: number
  offersShown: number
  checkouts: number
  bought: number
  cancelled: number
  conversion: number | null
  revenue: { amount: number; currency: string }[]
}

export type Report = {
  site: string
  from: string
  to: string
  by: string
  total: Row
  rows: (Row & { value: string })[]
  days: (Row & { day: string })[]
}
