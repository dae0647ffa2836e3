/**
 * `make`, called once for each list of keys: Intl's formatters take far longer to make than to use. Only for keys that
 * come from the configuration, of which there are few.
 */
export function remembered<Keys extends string[], Made>(
  make: (...keys: Keys) => Made,
): (...keys: Keys) => Made {
  const made = new Map<string, Made>()
  return (...keys) => {
    const name = keys.join('\n')
    const known = made.get(name)
    if (known !== undefined) return known
    const fresh = make(...keys)
    made.set(name, fresh)
    return fresh
  }
}
