-- What is known of readers when a decision is asked for without counting: spec rule 5. Writes nothing.
--
-- KEYS    as in record-view.lua
-- reply   for each reader one string: k, length of the access (uint8), `until standing`, the views; or E and what went wrong

local function look(viewsKey, accessKey)
  local access = redis.call('HMGET', accessKey, 'until', 'standing')
  local standing = access[1] and access[1] .. ' ' .. access[2] or ''
  return 'k' .. struct.pack('I1', #standing) .. standing .. (redis.call('GET', viewsKey) or '')
end

local answers = {}
for i = 1, #KEYS / 2 do
  local ok, answered = pcall(look, KEYS[i * 2 - 1], KEYS[i * 2])
  if not ok and type(answered) == 'table' then answered = answered.err end
  answers[i] = ok and answered or 'E' .. tostring(answered)
end
return answers
