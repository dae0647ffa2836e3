-- Counts how often a subscription has been set to end.
--
-- KEYS[1] the notices of the subscription, with a field `course` ("<ticket> <endings> <1 while it is to end>")
-- ARGV    ticket, 1 where it is to end
-- reply   how often, with this time

local course = redis.call('HGET', KEYS[1], 'course') or '0 0 0'
local ticket, endings, ending = string.match(course, '^(%d+) (%d+) (%d)$')
if tonumber(ticket) >= tonumber(ARGV[1]) then return tonumber(endings) end
if ARGV[2] == '1' and ending == '0' then endings = endings + 1 end
redis.call('HSET', KEYS[1], 'course', string.format('%s %d %s', ARGV[1], endings, ARGV[2]))
return tonumber(endings)
