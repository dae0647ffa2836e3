const dayMs = 86_400_000

/** Every calendar day from one to another, both included: `2026-11-24`. None where the other lies before. */
export function daysBetween(from: string, to: string): string[] {
  const days: string[] = []
  for (let at = Date.parse(from); at <= Date.parse(to); at += dayMs) {
    days.push(new Date(at).toISOString().slice(0, 10))
  }
  return days
}
