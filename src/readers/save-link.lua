-- Notes a link that is about to be mailed.
--
-- KEYS[1] the link, as in take-link.lua
-- ARGV    request, lasts (ms)
-- reply   OK

redis.call('HSET', KEYS[1], 'request', ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 'OK'
