export type LogRecord = {
  host: string
  atMs: number
  /** The calendar day as the log writes it, in the log's own offset: 2015-05-17. */
  day: string
  request: { method: string; target: string } | null
  status: number
  referrer: string | null
  userAgent: string | null
}

// host ident user [time] "request" status bytes "referrer" "user agent", then whatever a format adds after it.
// A user that starts with "- " is the tail of another format, which puts a virtual host in front.
const combined =
  /^(\S+) \S+ (?!- [^[])\S.*? \[([^\]]{1,40})\] "((?:[^"\\]|\\.)*)" (\d{3}) (?:\d+|-) "((?:[^"\\]|\\.)*)" "((?:[^"\\]|\\.)*)"(?: .*)?$/

const time = /^(\d{2})\/([A-Z][a-z]{2})\/(\d{4}):(\d{2}):(\d{2}):(\d{2}) ([+-])(\d{2})(\d{2})$/
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** One line of Apache's or nginx's combined format; null when it is not one, whole. */
export function parseLogLine(line: string): LogRecord | null {
  const fields = combined.exec(line)
  if (fields === null) return null
  const [, host = '', when = '', request = '', status = '', referrer = '', userAgent = ''] = fields
  const instant = parseTime(when)
  if (instant === null) return null
  return {
    host,
    ...instant,
    request: parseRequest(unescapeField(request)),
    status: Number(status),
    referrer: presentField(referrer),
    userAgent: presentField(userAgent),
  }
}

function parseTime(text: string): { atMs: number; day: string } | null {
  const fields = time.exec(text)
  if (fields === null) return null
  const [, day = '', monthName = '', year = '', hour = '', minute = '', second = '', sign, ...offset] = fields
  const month = months.indexOf(monthName)
  const midnight = new Date(Date.UTC(Number(year), month, Number(day)))
  // Date carries 31 February over into March; a log that says so is not to be believed.
  if (month < 0 || midnight.getUTCDate() !== Number(day)) return null
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return null
  const offsetMinutes = Number(offset[0]) * 60 + Number(offset[1])
  const secondOfDay = Number(hour) * 3600 + Number(minute) * 60 + Number(second)
  const atMs = midnight.getTime() + secondOfDay * 1000 - (sign === '-' ? -1 : 1) * offsetMinutes * 60_000
  return { atMs, day: midnight.toISOString().slice(0, 10) }
}

function parseRequest(text: string): LogRecord['request'] {
  const fields = /^([A-Za-z]+) (\S.*?)(?: HTTP\/\d(?:\.\d)?)?$/.exec(text)
  return fields === null ? null : { method: fields[1] ?? '', target: fields[2] ?? '' }
}

function presentField(text: string): string | null {
  return text === '-' || text === '' ? null : unescapeField(text)
}

// Servers write bytes they do not trust as \xhh; a run of them is UTF-8 more often than not.
function unescapeField(text: string): string {
  if (!text.includes('\\')) return text
  return text.replace(/((?:\\x[0-9A-Fa-f]{2})+)|\\(.)/g, (_, bytes?: string, character?: string) =>
    bytes === undefined ? unescapeCharacter(character ?? '') : hexToText(bytes),
  )
}

function unescapeCharacter(character: string): string {
  return { n: '\n', r: '\r', t: '\t', b: '\b', v: '\v', f: '\f' }[character] ?? character
}

function hexToText(escapes: string): string {
  return Buffer.from(escapes.replaceAll('\\x', ''), 'hex').toString('utf8')
}
