type Target = { path: string; query: URLSearchParams; url: string | null }

/**
 * The parts of a request's target, without its fragment. `url` is there only when the request named its
 * host, as a request through a proxy does; null when the target is no path at all.
 */
export function splitTarget(target: string): Target | null {
  if (/^https?:\/\//i.test(target)) {
    const url = URL.parse(target)
    return url === null ? null : { path: url.pathname, query: url.searchParams, url: url.href }
  }
  if (!target.startsWith('/')) return null
  const [whole = ''] = target.split('#', 1)
  const [path = ''] = whole.split('?', 1)
  return { path, query: new URLSearchParams(whole.slice(path.length)), url: null }
}
