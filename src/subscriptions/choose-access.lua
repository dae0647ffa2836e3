-- Stands before the scripts that change a reader's access. Works out which of the reader's subscriptions gives access for
-- longest, and writes it where record-view.lua looks.
--
-- The reader's access is a hash with a field `sub:<id>` for each subscription (JSON: ticket, attempt, access or null; in
-- this order), and `until` (epoch ms), `standing` and `current` (the record) of the best.

local function choose(key)
  local best
  local fields = redis.call('HGETALL', key)
  for i = 1, #fields, 2 do
    if string.sub(fields[i], 1, 4) == 'sub:' then
      local access = cjson.decode(fields[i + 1]).access
      if access ~= cjson.null then
        local id = fields[i]
        if not best or access.untilMs > best.untilMs or (access.untilMs == best.untilMs and id < best.id) then
          best = { id = id, untilMs = access.untilMs, standing = access.standing, record = fields[i + 1] }
        end
      end
    end
  end
  if best then
    redis.call('HSET', key, 'until', string.format('%.0f', best.untilMs), 'standing', best.standing, 'current', best.record)
  else
    redis.call('HDEL', key, 'until', 'standing', 'current')
  end
end

-- What is left of the text after a name at its beginning, or nil.
local function after(text, name)
  if string.sub(text, 1, #name) == name then return string.sub(text, #name + 1) end
end

