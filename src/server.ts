import { createServer } from 'node:http'
import { pino } from 'pino'
import { createNewsrack, type Newsrack } from './app.ts'
import { readSettings, type Settings } from './settings.ts'
import { StartError } from './start-error.ts'

/** Requests under way at a stop get this long to finish. */
const drainMs = 10_000

async function start(): Promise<void> {
  const settings = readSettings(process.env)
  const log = pino({ level: settings.logLevel, serializers: { error: pino.stdSerializers.err } })
  const newsrack = await createNewsrack({ settings, log, now: Date.now })
  listen({ settings, newsrack })
}

function listen({ settings, newsrack }: { settings: Settings; newsrack: Newsrack }): void {
  const server = createServer(newsrack.handle)
  server.on('error', (error) => fail(portError(error, settings.port)))
  server.listen(settings.port, () => {
    for (const line of newsrack.announcements) console.log(line)
  })
  const stop = () => {
    server.close(() => newsrack.close().then(() => process.exit(0), fail))
    server.closeIdleConnections()
    setTimeout(() => server.closeAllConnections(), drainMs).unref()
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}

function portError(error: Error, port: number): Error {
  if (!('code' in error)) return error
  if (error.code === 'EADDRINUSE') return new StartError(`PORT: ${port} is taken by another program`)
  if (error.code === 'EACCES') return new StartError(`PORT: ${port} may not be used by this user`)
  return error
}

function fail(error: unknown): never {
  console.error(error instanceof StartError ? `Newsrack cannot start:\n${error.message}` : error)
  process.exit(1)
}

start().catch(fail)
