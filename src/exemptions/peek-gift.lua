-- What redeem-gift.lua would answer, open for opened. Writes nothing: spec rule 5.
--
-- KEYS[1] the gift, KEYS[2] its readers, ARGV reader, readers: as in redeem-gift.lua
-- reply   open, used_up or revoked

local gift = redis.call('HMGET', KEYS[1], 'maker', 'revoked')
if not gift[1] or gift[2] then return 'revoked' end
if redis.call('SISMEMBER', KEYS[2], ARGV[1]) == 1 then return 'open' end
if redis.call('SCARD', KEYS[2]) >= tonumber(ARGV[2]) then return 'used_up' end
return 'open'
