import assert from 'node:assert/strict'
import { afterEach, describe, it } from 'node:test'
import { createViewSender } from '../../src/replay/create-view-sender.ts'
import { replayLog } from '../../src/replay/replay-log.ts'
import { createTally } from '../../src/replay/tally.ts'
import { type SeenView, startFakeService } from './fake-service.ts'
import { logLine } from './log-line.ts'

let service: Awaited<ReturnType<typeof startFakeService>>

afterEach(() => service.stop())

async function replay(lines: string[], before?: (view: SeenView) => Promise<void>) {
  service = await startFakeService(before === undefined ? {} : { before })
  const tally = createTally()
  await replayLog({
    lines: asyncLines(lines),
    send: createViewSender({ url: service.url, site: 'demo', key: 'import-key' }).sendView,
    tally,
    onLine() {},
  })
  return { report: tally.report({ durationMs: 500 }), seen: service.seen }
}

async function* asyncLines(lines: string[]) {
  yield* lines
}

function page(host: string, path: string, day = 24) {
  return logLine({ host, request: `GET ${path} HTTP/1.1`, time: `${day}/Nov/2026:10:00:00 +0100` })
}

describe('a replayed log', () => {
  it('tells the service the site, article, reader, instant and referrer of each page', async () => {
    const { seen } = await replay([
      logLine({
        host: '2001:db8::1',
        time: '24/Nov/2026:10:00:00 +0100',
        request: 'GET /flood-aid/?page=2 HTTP/1.1',
        referrer: 'https://example.org/front page',
        userAgent: 'Agent/1.0',
      }),
    ])
    assert.deepEqual(seen, [
      {
        site: 'demo',
        article: { id: '/flood-aid' },
        reader: { id: '2001:db8::1 Agent/1.0', registered: false },
        at: '2026-11-24T09:00:00.000Z',
        referrer: 'https://example.org/front%20page',
      },
    ])
  })

  it('says the address of an article whose host the log knows, and no referrer that is no web address', async () => {
    const { seen } = await replay([
      logLine({ request: 'GET https://example.org/a HTTP/1.1', referrer: 'android-app://com.example/' }),
    ])
    assert.deepEqual(seen[0]?.article, { id: '/a', url: 'https://example.org/a' })
    assert.equal(seen[0]?.referrer, undefined)
  })

  it('is counted by what its lines were and what the meter answered', async () => {
    const { report } = await replay([
      page('192.0.2.1', '/a', 24),
      page('192.0.2.1', '/b', 24),
      page('192.0.2.1', '/a/', 24),
      page('192.0.2.1', '/c', 25),
      page('192.0.2.1', '/d', 25),
      page('192.0.2.2', '/a', 25),
      page('192.0.2.2', '/free', 25),
      logLine({ host: '192.0.2.3', userAgent: 'Examplebot/1.0' }),
      page('192.0.2.4', '/broken', 25),
      page('192.0.2.4', '/broken', 25),
      page('192.0.2.1', '/a.png', 25),
      page('192.0.2.1', '/feed', 25),
      logLine({ status: 404 }),
      'what is this',
      'and this',
    ])
    assert.deepEqual(report, {
      lines: 15,
      unreadable: { count: 2, first: { line: 14, text: 'what is this' } },
      pages: 10,
      assets: { count: 1, kinds: { image: 1 } },
      feeds: { count: 1, kinds: { 'by path': 1 } },
      other: { count: 1, kinds: { 'status 404': 1 } },
      readersSeen: 3,
      readersStopped: 1,
      readersCallingThemselvesCrawlers: 1,
      stopRate: 1 / 3,
      views: 4,
      rereads: 1,
      stops: 2,
      offersShown: 2,
      otherReasons: { free: 1 },
      problems: [{ code: 'invalid_article', count: 2, example: '422 invalid_article Not here.' }],
      days: [
        {
          day: '2026-11-24',
          readersSeen: 2,
          readersStopped: 0,
          views: 3,
          rereads: 1,
          stops: 0,
          offersShown: 0,
        },
        {
          day: '2026-11-25',
          readersSeen: 2,
          readersStopped: 1,
          views: 1,
          rereads: 0,
          stops: 2,
          offersShown: 2,
        },
      ],
      requests: 10,
      durationSeconds: 0.5,
      requestsPerSecond: 20,
    })
  })

  it('reaches the service in its own order for each reader, and for different readers side by side', async () => {
    let inService = 0
    let mostInService = 0
    const twoAtOnce = Promise.withResolvers<void>()
    const hosts = Array.from({ length: 20 }, (_, number) => `192.0.2.${number}`)
    const paths = Array.from({ length: 30 }, (_, number) => `/${number}`)
    const { seen } = await replay(
      paths.flatMap((path) => hosts.map((host) => page(host, path))),
      async () => {
        inService += 1
        mostInService = Math.max(mostInService, inService)
        // Were requests sent one by one, the first would wait here for ever.
        if (mostInService > 1) twoAtOnce.resolve()
        await twoAtOnce.promise
        inService -= 1
      },
    )
    assert.ok(mostInService > 1)
    assert.equal(seen.length, hosts.length * paths.length)
    for (const host of hosts) {
      const ofReader = seen.filter(({ reader }) => reader.id.startsWith(`${host} `))
      assert.deepEqual(
        ofReader.map(({ article }) => article.id),
        paths,
      )
    }
  })
})
