const oldestRedis = 7

type Machine = {
  /** Major version; null where there is no redis-server. */
  redis: number | null
  hasChromium: boolean
  hasFirefox: boolean
  /** Whether packages can be installed here without asking anybody: Debian or Ubuntu, as root. */
  mayInstall: boolean
}

type MachinePlan =
  | { kind: 'ready' }
  | { kind: 'install'; packages: string[] }
  | { kind: 'ask'; sentence: string }

/** What is to be done before tests can run on a machine. */
export function machinePlan({ redis, hasChromium, hasFirefox, mayInstall }: Machine): MachinePlan {
  const hasRedis = redis !== null && redis >= oldestRedis
  const packages = [
    ...(hasRedis ? [] : ['redis-server']),
    ...(hasChromium ? [] : ['chromium']),
    ...(hasFirefox ? [] : ['firefox-esr']),
  ]
  if (packages.length === 0) return { kind: 'ready' }
  if (mayInstall) return { kind: 'install', packages }
  const redisNeed = `redis-server ${oldestRedis} or newer${redis === null ? '' : ` (${redis} is here)`}`
  const needs = [
    ...(hasRedis ? [] : [redisNeed]),
    ...(hasChromium ? [] : ['Chromium (or its place in CHROMIUM_PATH)']),
    ...(hasFirefox ? [] : ['Firefox (or its place in FIREFOX_PATH)']),
  ]
  return {
    kind: 'ask',
    sentence: `The tests need ${new Intl.ListFormat('en').format(needs)}: install what is missing and run them again.`,
  }
}
