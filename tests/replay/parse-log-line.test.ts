import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parseLogLine } from '../../src/replay/parse-log-line.ts'
import { logLine } from './log-line.ts'

describe('a line of an access log', () => {
  it('says who asked for what, when, from where and with what', () => {
    const line =
      '198.51.100.7 - jo [17/May/2015:10:05:03 +0200] "GET /a?b=c HTTP/1.1" 304 - "https://example.org/" "Agent/1.0"'
    assert.deepEqual(parseLogLine(line), {
      host: '198.51.100.7',
      atMs: Date.parse('2015-05-17T10:05:03+02:00'),
      day: '2015-05-17',
      request: { method: 'GET', target: '/a?b=c' },
      status: 304,
      referrer: 'https://example.org/',
      userAgent: 'Agent/1.0',
    })
  })

  it('has quotes and backslashes in its user agent when they are escaped', () => {
    const parsed = parseLogLine(logLine({ userAgent: String.raw`The \"Best\" C:\\Browser \\` }))
    assert.equal(parsed?.userAgent, 'The "Best" C:\\Browser \\')
  })

  it('has bytes written as \\xhh read as the UTF-8 they are', () => {
    const parsed = parseLogLine(logLine({ userAgent: String.raw`caf\xc3\xa9 \x22x\x22 a\tb` }))
    assert.equal(parsed?.userAgent, 'café "x" a\tb')
  })

  it('may come from an IPv6 address', () => {
    assert.equal(parseLogLine(logLine({ host: '2001:db8::7:1' }))?.host, '2001:db8::7:1')
  })

  it('may name a user with a space in the name', () => {
    assert.equal(parseLogLine(logLine({}).replace('- - [', '- Jo Doe ['))?.status, 200)
  })

  it('may end in fields that a format adds after the user agent', () => {
    assert.equal(parseLogLine(`${logLine({ userAgent: 'Agent' })} "203.0.113.9" 0.004`)?.userAgent, 'Agent')
  })

  it('keeps absent fields absent', () => {
    const parsed = parseLogLine(logLine({ request: '-', referrer: '-', userAgent: '-' }))
    assert.deepEqual(
      { request: parsed?.request, referrer: parsed?.referrer, userAgent: parsed?.userAgent },
      { request: null, referrer: null, userAgent: null },
    )
    assert.equal(parseLogLine(logLine({ userAgent: '' }))?.userAgent, null)
  })

  const requests = [
    ['GET /a', { method: 'GET', target: '/a' }],
    ['GET /a b HTTP/2.0', { method: 'GET', target: '/a b' }],
    ['GET https://example.org/a HTTP/1.1', { method: 'GET', target: 'https://example.org/a' }],
    [String.raw`GET /say-\"hi\" HTTP/1.1`, { method: 'GET', target: '/say-"hi"' }],
    ['', null],
    [String.raw`\x16\x03\x01\x02`, null],
  ] as const
  for (const [request, expected] of requests) {
    it(`reads the request "${request}"`, () => {
      const parsed = parseLogLine(logLine({ request }))
      assert.ok(parsed)
      assert.deepEqual(parsed.request, expected)
    })
  }

  it('counts its instant by its own offset and its day as it is written', () => {
    const parsed = parseLogLine(logLine({ time: '01/Jan/2027:00:30:00 -0530' }))
    assert.equal(parsed?.atMs, Date.parse('2027-01-01T06:00:00Z'))
    assert.equal(parsed.day, '2027-01-01')
  })

  const whole = logLine({})
  const unreadable = {
    'that is empty': '',
    'cut off in the user agent': whole.slice(0, -1),
    'cut off after the request': whole.slice(0, whole.indexOf('" 200')),
    'of binary junk': '\u0000\u0016\u0003\u0001\ufffd\ufffd "\\',
    'with a day that does not exist': logLine({ time: '31/Feb/2026:10:00:00 +0000' }),
    'with a month that does not exist': logLine({ time: '01/Foo/2026:10:00:00 +0000' }),
    'with an hour that does not exist': logLine({ time: '01/Feb/2026:24:00:00 +0000' }),
    'with a virtual host in front': `www.example.org:443 ${whole}`,
    'of the common format': whole.slice(0, whole.indexOf(' "-"')),
  }
  for (const [what, line] of Object.entries(unreadable)) {
    it(`cannot be read ${what}`, () => assert.equal(parseLogLine(line), null))
  }
})
