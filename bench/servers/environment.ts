import { Redis } from 'ioredis'

/** The loopback port to listen on. */
export const port = Number(process.env.PORT)

/** The reader of the cookie that the load generator sends, for servers that look no closer. */
export function readerOf(cookies: string | undefined): string {
  return cookies?.split('.')[1] ?? 'nobody'
}

export function connectRedis(): Redis {
  return new Redis(process.env.REDIS_URL ?? '')
}
