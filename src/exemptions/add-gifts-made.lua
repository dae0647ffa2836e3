-- Counts what a maker had made in a month before they signed in. Saying it again counts it once.
--
-- KEYS[1] the maker's month, as in count-gift.lua
-- ARGV    field (`of:<reader>`), from (epoch ms), made, lasts (ms until the month ends)
-- reply   1 counted, 0 the maker has begun a later month

local from = tonumber(redis.call('HGET', KEYS[1], 'from') or -1)
if from > tonumber(ARGV[2]) then return 0 end
if from < tonumber(ARGV[2]) then
  redis.call('DEL', KEYS[1])
  redis.call('HSET', KEYS[1], 'from', ARGV[2])
  redis.call('PEXPIRE', KEYS[1], ARGV[4])
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
return 1
