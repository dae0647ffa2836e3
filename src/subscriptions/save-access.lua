-- Writes what one subscription gives its reader, unless something newer has been written of it, and works out anew
-- which of the reader's subscriptions gives access for longest.
--
-- KEYS[1] the reader's access: hash with a field `sub:<id>` for each subscription (JSON: ticket, access or null), and
--         `until` (epoch ms), `standing` and `current` (the record) of the best; record-view.lua reads the
--         first two
-- ARGV    subscription, ticket, record (the JSON of the field)
-- reply   1 written, 0 refused

local field = 'sub:' .. ARGV[1]
local before = redis.call('HGET', KEYS[1], field)
if before and cjson.decode(before).ticket >= tonumber(ARGV[2]) then return 0 end
redis.call('HSET', KEYS[1], field, ARGV[3])

local best
local fields = redis.call('HGETALL', KEYS[1])
for i = 1, #fields, 2 do
  if string.sub(fields[i], 1, 4) == 'sub:' then
    local access = cjson.decode(fields[i + 1]).access
    if access ~= cjson.null and (not best or access.untilMs > best.untilMs) then
      best = { untilMs = access.untilMs, standing = access.standing, record = fields[i + 1] }
    end
  end
end

if best then
  redis.call('HSET', KEYS[1], 'until', string.format('%.0f', best.untilMs), 'standing', best.standing, 'current', best.record)
else
  redis.call('HDEL', KEYS[1], 'until', 'standing', 'current')
end
return 1
