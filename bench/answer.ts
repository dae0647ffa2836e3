/** The status and the bytes of the first whole answer in `received`, or null while some of it is missing. */
export function wholeAnswer(received: string): { status: number; bytes: number } | null {
  const headEnd = received.indexOf('\r\n\r\n')
  if (headEnd === -1) return null
  const head = received.slice(0, headEnd)
  const length = /^content-length: *(\d+)/im.exec(head)?.[1]
  if (length === undefined) throw new Error(`An answer without a Content-Length:\n${head}`)
  const bytes = headEnd + 4 + Number(length)
  return received.length < bytes ? null : { status: Number(head.slice(9, 12)), bytes }
}
