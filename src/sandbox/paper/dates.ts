const timeZone = 'America/New_York'

const day = new Intl.DateTimeFormat('en-US', { dateStyle: 'full', timeZone })
const dayAndTime = new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeStyle: 'short', timeZone })

/** The masthead's date, as in "Tuesday, November 24, 2026", where the paper is printed. */
export function formatDay(epochMs: number): string {
  return day.format(epochMs)
}

/** An article's date and time, as in "November 23, 2026 at 5:30 AM", where the paper is printed. */
export function formatDayAndTime(iso: string): string {
  return dayAndTime.format(Date.parse(iso))
}
