import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { freePort } from '../tests/support/free-port.ts'
import { askOnce } from './ask-once.ts'
import { copyConfiguration } from './configuration.ts'
import { pinned } from './placement.ts'
import type { Usage } from './usage.ts'

/** A server under measurement. */
export type ServerProcess = {
  port: number
  /** Asks until the answer is 200; rejects if the server ends, or has no such answer within 15 seconds. */
  untilGood(request: string): Promise<void>
  usage(): Promise<Usage>
  stop(): Promise<void>
}

export type ServerOptions = {
  /** Relative to this folder. */
  file: string
  redisUrl: string
  cores?: readonly number[] | undefined
  environment?: Readonly<Record<string, string>>
}

/** The secret that signs what the load generator sends. */
export const secret = 'only-for-measuring-on-loopback-0123456789'

/** Starts a server on a free port, as production would run it; it may not listen yet. */
export async function startServer({
  file,
  redisUrl,
  cores,
  environment,
}: ServerOptions): Promise<ServerProcess> {
  const configDir = await mkdtemp(join(tmpdir(), 'newsrack-bench-config-'))
  await copyConfiguration(configDir)
  const port = await freePort()
  const preload = new URL('usage.ts', import.meta.url).href
  const entry = fileURLToPath(new URL(file, import.meta.url))
  const { command, args } = pinned(cores, process.execPath, ['--import', preload, entry])
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      PORT: String(port),
      PUBLIC_URL: `http://localhost:${port}`,
      REDIS_URL: redisUrl,
      NEWSRACK_SECRET: secret,
      STRIPE_SECRET_KEY: 'sk_test_never_called',
      STRIPE_WEBHOOK_SECRET: 'whsec_never_called',
      SMTP_URL: 'smtp://127.0.0.1:9',
      MAIL_FROM: 'nobody@example.com',
      CONFIG_DIR: configDir,
      ...environment,
    },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (text: Buffer) => {
      output += text
    })
  }
  return {
    port,
    usage: () => usageOf(child),
    async stop() {
      await stop(child)
      await rm(configDir, { recursive: true, force: true })
    },
    async untilGood(request) {
      const giveUpAt = performance.now() + startDeadlineMs
      while (!(await answersWell(port, request))) {
        if (child.exitCode !== null || performance.now() > giveUpAt) {
          throw new Error(
            `${file} has no good answer${child.exitCode === null ? '' : ', it ended'}:\n${output}`,
          )
        }
        await pause(betweenTriesMs)
      }
    },
  }
}

const startDeadlineMs = 15_000
const betweenTriesMs = 2

/** False also while nobody listens. */
async function answersWell(port: number, request: string): Promise<boolean> {
  try {
    return (await askOnce(port, request)).status === 200
  } catch {
    return false
  }
}

const usageSchema = z.object({ cpuMicroseconds: z.number(), rssBytes: z.number() })

async function usageOf(child: ChildProcess): Promise<Usage> {
  child.send('usage')
  const [message] = await once(child, 'message')
  return usageSchema.parse(message)
}

/** It keeps nothing that is wanted again, so it need not drain. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGKILL')
  await once(child, 'exit')
}
