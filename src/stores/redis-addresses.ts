/**
 * The addresses in a REDIS_URL: one server, several nodes of a Cluster, or several Sentinels, each then with the
 * master's name as its path. Null where it is none of these.
 */
export function redisAddresses(text: string): URL[] | null {
  const [, start = '', hosts = '', rest = ''] = sentinels.exec(text) ?? []
  const isSentinel = hosts !== ''
  const written = isSentinel ? hosts.split(',').map((host) => start + host.trim() + rest) : text.split(',')
  const addresses = written.flatMap((each) => (URL.canParse(each.trim()) ? [new URL(each.trim())] : []))
  const fits = isSentinel ? namesMaster : isServer
  return addresses.length === written.length && addresses.every(fits) ? addresses : null
}

/** `redis+sentinel://user:password@host:port,host:port/master?db=0` */
const sentinels = /^(rediss?\+sentinel:\/\/(?:[^@/]*@)?)([^@/]+)(\/.+)$/

const sentinelQuestions = ['db', 'sentinelUsername', 'sentinelPassword']

function namesMaster({ hostname, pathname, searchParams }: URL): boolean {
  return (
    hostname !== '' &&
    /^\/[\w.-]+$/.test(pathname) &&
    /^\d*$/.test(searchParams.get('db') ?? '') &&
    [...searchParams.keys()].every((name) => sentinelQuestions.includes(name))
  )
}

function isServer({ protocol, pathname }: URL): boolean {
  return ['redis:', 'rediss:'].includes(protocol) && /^(\/\d*)?$/.test(pathname)
}
