/** Whether an event's type is the one asked for: `invoice.*` stands for every type that begins so. */
export function typeMatches(type: string, asked: string): boolean {
  return asked.endsWith('*') ? type.startsWith(asked.slice(0, -1)) : type === asked
}
