-- Takes a notice that is due, for one process.
--
-- KEYS[1] the notices of a subscription: hash with fields `n:<id>` (the notice, JSON), and either `w:<id>` ("<due> <tries>",
--         epoch ms, while it waits) or `e:<id>` (its outcome, JSON)
-- ARGV    id, now, due again at (epoch ms)
-- reply   { notice, tries }, or nil

local waiting = redis.call('HGET', KEYS[1], 'w:' .. ARGV[1])
if not waiting then return nil end
local due, tries = string.match(waiting, '^(%d+) (%d+)$')
if tonumber(due) > tonumber(ARGV[2]) then return nil end
redis.call('HSET', KEYS[1], 'w:' .. ARGV[1], ARGV[3] .. ' ' .. tries)
return { redis.call('HGET', KEYS[1], 'n:' .. ARGV[1]), tonumber(tries) }
