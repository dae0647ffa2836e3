/** A line of the combined format, with only what a test cares about said. */
export function logLine({
  host = '192.0.2.1',
  time = '24/Nov/2026:10:00:00 +0000',
  request = 'GET /2026/11/flood-aid HTTP/1.1',
  status = 200,
  referrer = '-',
  userAgent = 'Mozilla/5.0 (X11; Linux x86_64)',
}: {
  host?: string
  time?: string
  request?: string
  status?: number
  referrer?: string
  userAgent?: string
}): string {
  return `${host} - - [${time}] "${request}" ${status} 5120 "${referrer}" "${userAgent}"`
}
