import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromiumPath } from './chromium-path.ts'
import { firefoxPath } from './firefox-path.ts'
import { machinePlan } from './machine-plan.ts'

// Run before the tests (npm's pretest): nothing to see in a moment where Redis and the browsers are there.
prepare()

function prepare(): void {
  const plan = machinePlan({ ...look(), mayInstall: mayInstall() })
  if (plan.kind === 'ready') return
  if (plan.kind === 'install') {
    console.log(`The tests need ${plan.packages.join(' and ')}, which this machine lacks: installing.`)
    apt('update')
    // One by one, for a distribution may lack one of them.
    for (const name of plan.packages) apt('install', '-y', '--no-install-recommends', name)
  }
  // A second look, since a distribution's own package may be too old or a mere pointer to another one.
  const remaining = machinePlan({ ...look(), mayInstall: false })
  if (remaining.kind !== 'ask') return
  console.error(remaining.sentence)
  process.exitCode = 1
}

function look() {
  return {
    redis: redisMajorVersion(),
    hasChromium: chromiumPath() !== null,
    hasFirefox: firefoxPath() !== null,
  }
}

function redisMajorVersion(): number | null {
  const { stdout } = spawnSync('redis-server', ['--version'], { encoding: 'utf8' })
  const version = /\bv=(\d+)\./.exec(stdout ?? '')?.[1]
  return version === undefined ? null : Number(version)
}

function mayInstall(): boolean {
  return existsSync('/etc/debian_version') && process.getuid?.() === 0
}

function apt(...args: string[]): void {
  spawnSync('apt-get', args, { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
}
