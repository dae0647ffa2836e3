-- Opens a gift for a reader, unless it was revoked or as many others have opened it as may.
-- The same judgement as stateOf() in gift-store.sqlite.ts; peek-gift.lua asks it without writing.
--
-- KEYS[1] the gift: hash with `maker` and, once it is revoked, `revoked`
-- KEYS[2] the readers who have opened it: set
-- ARGV    reader, readers (how many may)
-- reply   opened and the ms until the gift ends, for whom it is the first time; open, used_up or revoked

local gift = redis.call('HMGET', KEYS[1], 'maker', 'revoked')
if not gift[1] or gift[2] then return 'revoked' end
if redis.call('SISMEMBER', KEYS[2], ARGV[1]) == 1 then return 'open' end
if redis.call('SCARD', KEYS[2]) >= tonumber(ARGV[2]) then return 'used_up' end

redis.call('SADD', KEYS[2], ARGV[1])
local lasts = redis.call('PTTL', KEYS[1])
redis.call('PEXPIRE', KEYS[2], lasts)
return 'opened ' .. lasts
