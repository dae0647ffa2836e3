import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cpus } from 'node:os'
import { pinnableCores } from './placement.ts'

/** What the figures depend on. `cores` are those that processes can be pinned to; none without `taskset`. */
export type Machine = {
  cpu: string
  cpuCount: number
  node: string
  redis: string
  wrk: string
  cores: number[]
}

/** Looks around; installs wrk where that needs no question (Debian, as root). Throws one sentence if something lacks. */
export function lookAround(): Machine {
  const redis = versionOf('redis-server', ['--version'], /v=(\S+)/)
  const wrk = wrkVersion() ?? installed()
  if (redis === null || wrk === null) {
    const lacking = [redis === null ? 'redis-server 7 or newer' : null, wrk === null ? 'wrk' : null]
    throw new Error(
      `The benchmark needs ${lacking.filter((name) => name !== null).join(' and ')}: install it and run this again.`,
    )
  }
  const all = cpus()
  return {
    cpu: all[0]?.model ?? 'unknown',
    cpuCount: all.length,
    node: process.version,
    redis,
    wrk,
    cores: pinnableCores(),
  }
}

function wrkVersion(): string | null {
  return versionOf('wrk', ['-v'], /wrk (?:debian\/)?(\S+)/)
}

function installed(): string | null {
  if (!existsSync('/etc/debian_version') || process.getuid?.() !== 0) return null
  console.log('The benchmark needs wrk, which this machine lacks: installing.')
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'wrk']]) {
    spawnSync('apt-get', args, {
      stdio: 'inherit',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
  }
  return wrkVersion()
}

function versionOf(command: string, args: readonly string[], pattern: RegExp): string | null {
  const { stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' })
  return pattern.exec(`${stdout ?? ''}${stderr ?? ''}`)?.[1] ?? null
}
