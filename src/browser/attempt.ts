/** For storage, which browsers may forbid altogether: null then. */
export function attempt<T>(use: () => T): T | null {
  try {
    return use()
  } catch {
    return null
  }
}
