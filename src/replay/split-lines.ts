// Three fields of 8 kB, each byte of which a server may write as four characters, are under 100,000.
const longestLine = 1_000_000

/**
 * The lines of a stream of UTF-8 bytes, without their line ends; bytes that are not UTF-8 become U+FFFD.
 * What lies beyond a million characters of one line is dropped, so that memory stays bounded on any input.
 */
export async function* splitLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of chunks) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = (parts.pop() ?? '').slice(0, longestLine)
    for (const line of parts) yield withoutReturn(line)
  }
  rest += decoder.decode()
  if (rest !== '') yield withoutReturn(rest)
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line
}
