import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { describe, it } from 'node:test'
import { splitLines } from '../../src/replay/split-lines.ts'

function linesOf(...chunks: (string | Buffer)[]): Promise<string[]> {
  const bytes = Readable.from(chunks.map((chunk) => Buffer.from(chunk)))
  return Readable.from(splitLines(bytes)).toArray()
}

describe('the lines of a log', () => {
  it('are whole however the bytes arrive', async () => {
    const bytes = Buffer.from('café 🗞\nsecond\n')
    const single = [...bytes].map((byte) => Buffer.from([byte]))
    assert.deepEqual(await linesOf(...single), ['café 🗞', 'second'])
  })

  it('need no line end after the last, and may end as on Windows', async () => {
    assert.deepEqual(await linesOf('one\r\ntwo\r\n\nthree'), ['one', 'two', '', 'three'])
  })

  it('end at a line feed only', async () => {
    assert.deepEqual(await linesOf('a\rb\u2028c\n'), ['a\rb\u2028c'])
  })

  it('survive bytes that are no text', async () => {
    assert.deepEqual(await linesOf(Buffer.from([0xff, 0x00, 0x0a, 0x41])), ['\ufffd\u0000', 'A'])
  })

  it('are cut at a million characters, and the next line is whole again', async () => {
    const megabyte = 'x'.repeat(1_000_000)
    const lines = await linesOf(megabyte, megabyte, megabyte, '\nnext\n')
    assert.ok((lines[0]?.length ?? 0) < 2_000_000)
    assert.equal(lines[1], 'next')
  })
})
