/** `April 24, 2027`, in UTC: the sandbox knows no other zone. */
export function day(epochSeconds: number): string {
  return new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeZone: 'UTC' }).format(epochSeconds * 1000)
}
