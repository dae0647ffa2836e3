-- Notes that an attempt of a buyer is not open any more.
--
-- KEYS[1] the buyer: hash; see buyer.redis.ts
-- ARGV    attempt
-- reply   the reader to whom the attempt belongs now, if it is another; else nil

local into = redis.call('HGET', KEYS[1], 'moved:' .. ARGV[1])
if into then return into end
local field = 'attempt:' .. ARGV[1]
if redis.call('HEXISTS', KEYS[1], field) == 1 then redis.call('HSET', KEYS[1], field, 'ended') end
return false
