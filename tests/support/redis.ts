import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { freePort } from './free-port.ts'

const portsTried = 10

type RedisOptions = {
  appendOnly?: boolean
  /** Further settings of redis-server. */
  settings?: Readonly<Record<string, string | number>>
  /** Makes it a Sentinel that starts with this configuration. */
  sentinel?: string
}

/**
 * A redis-server of the test's own on a free loopback port, answering when this resolves. Its data lives in a
 * temporary directory that goes with it. It ends with `stop()`, or with the test's process however that ends.
 */
export async function startRedis({ appendOnly = false, settings = {}, sentinel }: RedisOptions = {}) {
  const directory = await mkdtemp(join(tmpdir(), 'newsrack-redis-'))
  const guard = guardAgainstOrphans(directory)
  const mode = sentinel === undefined ? [] : [join(directory, 'sentinel.conf'), '--sentinel']
  if (sentinel !== undefined) await writeFile(join(directory, 'sentinel.conf'), sentinel)
  const kept = sentinel === undefined ? { save: '', appendonly: appendOnly ? 'yes' : 'no' } : {}
  const place = { directory, guard, mode, settings: { ...kept, ...settings } }
  let server = await launchOnFreePort(place)
  const { port } = server

  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    get pid() {
      return server.pid
    },
    /** Ends the process at once, as a crash would; what it wrote to disk stays for `restart()`. */
    kill: () => server.end(),
    /** Starts it again on the same port and data after `kill()`. */
    async restart(): Promise<void> {
      const again = await launch({ ...place, port })
      if (again === null) throw new Error(`Port ${port} was taken while redis-server was down.`)
      server = again
    },
    /** Leaves it connected and silent until `thaw()`. */
    freeze() {
      process.kill(server.pid, 'SIGSTOP')
    },
    thaw() {
      process.kill(server.pid, 'SIGCONT')
    },
    async stop(): Promise<void> {
      await server.end()
      guard.dismiss()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

type Place = {
  directory: string
  guard: Guard
  mode: readonly string[]
  settings: Readonly<Record<string, string | number>>
}
type Server = { pid: number; port: number; end: () => Promise<void> }

// A port found free may be taken by another test file before redis-server binds it.
async function launchOnFreePort(place: Place): Promise<Server> {
  for (let tried = 0; tried < portsTried; tried += 1) {
    const server = await launch({ ...place, port: await freePort() })
    if (server !== null) return server
  }
  throw new Error(`redis-server found each of ${portsTried} free ports taken.`)
}

/** Null when something else has the port. */
async function launch(options: Place & { port: number }): Promise<Server | null> {
  const { directory, guard, mode, port } = options
  const settings = { bind: '127.0.0.1', port, dir: directory, ...options.settings }
  const child = spawn(
    'redis-server',
    [...mode, ...Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)])],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  )
  await once(child, 'spawn')
  const { pid, stdout } = child
  if (pid === undefined) throw new Error('redis-server has no process id.')
  guard.watch(pid)

  async function end(): Promise<void> {
    if (child.exitCode === null && child.signalCode === null) {
      child.ref()
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
    guard.watch(null)
  }

  const output = await outputUntilReady(stdout)
  // What it says later is of no use, and an open pipe would keep a test that forgot it from ending.
  stdout.destroy()
  if (!output.ready) {
    await end()
    if (/address already in use/i.test(output.text)) return null
    throw new Error(`redis-server did not start:\n${output.text}`)
  }
  await ping(port)
  child.unref()
  return { pid, port, end }
}

type Guard = { watch: (pid: number | null) => void; dismiss: () => void }

/**
 * A shell at the end of a pipe that closes when this process ends, however it ends: then it ends the server
 * it was last told of and removes the data. It has a session of its own, so that Ctrl-C does not end it first.
 */
function guardAgainstOrphans(directory: string): Guard {
  const script = 'while read -r line; do pid=$line; done; [ -z "$pid" ] || kill -9 "$pid"; rm -rf "$1"'
  const shell = spawn('sh', ['-c', script, 'sh', directory], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  shell.unref()
  return {
    watch: (pid) => shell.stdin.write(`${pid ?? ''}\n`),
    dismiss() {
      shell.kill('SIGKILL')
      shell.stdin.destroy()
    },
  }
}

async function outputUntilReady(stdout: Readable): Promise<{ ready: boolean; text: string }> {
  let text = ''
  for await (const line of createInterface({ input: stdout })) {
    text += `${line}\n`
    if (/Ready to accept connections|Sentinel ID is/.test(line)) return { ready: true, text }
  }
  return { ready: false, text }
}

async function ping(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1')
  socket.write('PING\r\n')
  const [reply] = await once(socket, 'data')
  socket.destroy()
  if (!String(reply).startsWith('+PONG')) throw new Error(`redis-server answered PING with ${reply}.`)
}
