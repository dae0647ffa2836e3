import type { RequestKind } from './requests.ts'

/** Something that is measured: a server, how it is asked, and how many processes of it run. */
export type Contender = {
  id: string
  /** As the report calls it. */
  name: string
  file: string
  requests: RequestKind
  processes: 1 | 2
}

const views: RequestKind = { path: '/v1/views', token: 'reader' }
const access: RequestKind = { path: '/v1/access', token: 'reader' }
const newsrack = '../src/server.ts'

/** In the order of the first round. */
export const contenders: readonly Contender[] = [
  {
    id: 'floor',
    name: 'floor: node:http, one INCR',
    file: 'servers/floor.ts',
    requests: views,
    processes: 1,
  },
  { id: 'views', name: 'Newsrack, `POST /v1/views`', file: newsrack, requests: views, processes: 1 },
  { id: 'access', name: 'Newsrack, `POST /v1/access`', file: newsrack, requests: access, processes: 1 },
  {
    id: 'hello',
    name: 'Express 5 that says hello, no Redis',
    file: 'servers/express-hello.ts',
    requests: views,
    processes: 1,
  },
  {
    id: 'limiter',
    name: 'rate-limiter-flexible on a bare Express',
    file: 'servers/rate-limiter-flexible.ts',
    requests: views,
    processes: 1,
  },
  {
    id: 'express-rate-limit',
    name: 'express-rate-limit on Redis, a bare Express',
    file: 'servers/express-rate-limit.ts',
    requests: views,
    processes: 1,
  },
  {
    id: 'usual',
    name: 'the usual Express stack with rate-limiter-flexible',
    file: 'servers/usual-stack.ts',
    requests: { path: '/v1/views', token: 'jwt' },
    processes: 1,
  },
  {
    id: 'floor-2',
    name: 'floor: node:http, one INCR',
    file: 'servers/floor.ts',
    requests: views,
    processes: 2,
  },
  { id: 'views-2', name: 'Newsrack, `POST /v1/views`', file: newsrack, requests: views, processes: 2 },
]
