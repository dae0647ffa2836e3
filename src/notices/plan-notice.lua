-- Notes a notice, unless it is known.
--
-- KEYS[1] the notices of a subscription, as in take-notice.lua
-- ARGV    id, notice (JSON), due (epoch ms)
-- reply   when it is due (epoch ms), or nil where it has ended

if redis.call('HSETNX', KEYS[1], 'n:' .. ARGV[1], ARGV[2]) == 1 then
  redis.call('HSET', KEYS[1], 'w:' .. ARGV[1], ARGV[3] .. ' 0')
end
local waiting = redis.call('HGET', KEYS[1], 'w:' .. ARGV[1])
return waiting and string.match(waiting, '^(%d+)')
