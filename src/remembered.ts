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

/** `make`, called when another instant is asked about than before: once a second at most, and not once a request. */
export function rememberLast<Result>(make: (instant: number) => Result): (instant: number) => Result {
  let last: { instant: number; result: Result } | null = null
  return (instant) => {
    if (last?.instant !== instant) last = { instant, result: make(instant) }
    return last.result
  }
}

/** `make`, called once for each object that is asked about, as long as the object itself is kept. */
export function rememberEach<Key extends object, Result extends {}>(
  make: (key: Key) => Result,
): (key: Key) => Result {
  const results = new WeakMap<Key, Result>()
  return (key) => {
    const known = results.get(key)
    if (known !== undefined) return known
    const fresh = make(key)
    results.set(key, fresh)
    return fresh
  }
}
