-- Notes a gift.
--
-- KEYS[1] the gift: hash with `maker`; see redeem-gift.lua
-- ARGV    maker, lasts (ms until the gift ends)
-- reply   OK

redis.call('HSET', KEYS[1], 'maker', ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 'OK'
