-- Has a notice that waits be looked at again.
--
-- KEYS[1] the notices of a subscription, as in take-notice.lua
-- ARGV    id, due (epoch ms), tries that have failed just now
-- reply   1 put off, 0 it does not wait

local waiting = redis.call('HGET', KEYS[1], 'w:' .. ARGV[1])
if not waiting then return 0 end
local tries = tonumber(string.match(waiting, ' (%d+)$')) + tonumber(ARGV[3])
redis.call('HSET', KEYS[1], 'w:' .. ARGV[1], ARGV[2] .. ' ' .. tries)
return 1
