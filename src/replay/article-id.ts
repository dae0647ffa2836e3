const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * The article a path names: percent-encoding undone where it is valid UTF-8, runs of slashes made one, no
 * slash at the end. What would change the path's meaning (/ ? # %) or is a control character stays encoded.
 */
export function articleIdOf(path: string): string {
  const decoded = path.replace(/(?:%[0-9A-Fa-f]{2})+/g, decodeRun)
  return decoded.replace(/\/{2,}/g, '/').replace(/(?<=.)\/$/, '')
}

function decodeRun(run: string): string {
  try {
    const text = strictUtf8.decode(Buffer.from(run.replaceAll('%', ''), 'hex'))
    return text.replace(/[/?#%\p{Cc}]/gu, encodeURIComponent)
  } catch {
    return run.toUpperCase()
  }
}
