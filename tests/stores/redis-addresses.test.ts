import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { redisAddresses } from '../../src/stores/redis-addresses.ts'

function hosts(text: string): string[] | undefined {
  return redisAddresses(text)?.map(({ host }) => host)
}

describe('REDIS_URL', () => {
  it('is one server', () => {
    assert.deepEqual(hosts('redis://redis:6379'), ['redis:6379'])
    assert.deepEqual(hosts('rediss://user:p%2Cw@redis.example.com/3'), ['redis.example.com'])
  })

  it('is several nodes of a Cluster', () => {
    assert.deepEqual(hosts('redis://a:1, redis://b:2,redis://[::1]:3'), ['a:1', 'b:2', '[::1]:3'])
  })

  it('is the Sentinels that watch over a master, each with all that was said once', () => {
    const [first, second, ...more] =
      redisAddresses('rediss+sentinel://user:p%40w@a,b:26380/lantern?db=2&sentinelPassword=s') ?? []
    assert.equal(first?.href, 'rediss+sentinel://user:p%40w@a/lantern?db=2&sentinelPassword=s')
    assert.equal(second?.href, 'rediss+sentinel://user:p%40w@b:26380/lantern?db=2&sentinelPassword=s')
    assert.deepEqual(more, [])
  })

  for (const wrong of [
    'localhost:6379',
    'http://redis:6379',
    'redis://a:1,b:2',
    'redis://a:1,redis+sentinel://b/lantern',
    'redis://a/lantern',
    'redis+sentinel://a:26379,b:26379',
    'redis+sentinel://a:26379/lantern/2',
    'redis+sentinel://a:x/lantern',
    'redis+sentinel://a,,b/lantern',
    'redis+sentinel://a/lantern?db=two',
    'redis+sentinel://a/lantern?password=x',
  ]) {
    it(`is not ${wrong}`, () => assert.equal(redisAddresses(wrong), null))
  }
})
