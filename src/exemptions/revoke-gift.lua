-- Closes a gift to everyone, if it is this maker's.
--
-- KEYS[1] the gift, as in redeem-gift.lua
-- ARGV    maker
-- reply   1 revoked, 0 not this maker's

if redis.call('HGET', KEYS[1], 'maker') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'revoked', 1)
return 1
