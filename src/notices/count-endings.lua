-- Counts how often a subscription has been set to end.
--
-- KEYS[1] the reader's notices, with a field `c:<subscription>` ("<ticket> <endings> <1 while it is to end>")
-- ARGV    subscription, ticket, 1 where it is to end
-- reply   how often, with this time

local field = 'c:' .. ARGV[1]
local ticket, endings, ending = string.match(redis.call('HGET', KEYS[1], field) or '0 0 0', '^(%d+) (%d+) (%d)$')
if tonumber(ticket) >= tonumber(ARGV[2]) then return tonumber(endings) end
if ARGV[3] == '1' and ending == '0' then endings = endings + 1 end
redis.call('HSET', KEYS[1], field, string.format('%s %d %s', ARGV[2], endings, ARGV[3]))
return tonumber(endings)
