-- Notes a gift that a reader has made or opened; what has ended is dropped.
--
-- KEYS[1] the reader's gifts: sorted set of `made:<gift>` and `opened:<gift>` by when the gift ends (epoch ms)
-- ARGV    note, lasts (ms until the gift ends)
-- reply   how many there are

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
redis.call('ZADD', KEYS[1], now + tonumber(ARGV[2]), ARGV[1])
local last = redis.call('ZRANGE', KEYS[1], -1, -1, 'WITHSCORES')
redis.call('PEXPIREAT', KEYS[1], last[2])
return redis.call('ZCARD', KEYS[1])
