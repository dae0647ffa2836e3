-- The last step: what has moved is deleted where it was. The signposts `moved:<attempt>` stay.
--
-- KEYS[1] the reader's access, KEYS[2] the buyer

local access = redis.call('HGETALL', KEYS[1])
for i = 1, #access, 2 do
  if after(access[i], 'sub:') then
    local attempt = cjson.decode(access[i + 1]).attempt
    if redis.call('HEXISTS', KEYS[2], 'moved:' .. attempt) == 1 then redis.call('HDEL', KEYS[1], access[i]) end
  end
end
choose(KEYS[1])

local buyer = redis.call('HGETALL', KEYS[2])
for i = 1, #buyer, 2 do
  local attempt = after(buyer[i], 'attempt:')
  local hasMoved = attempt and redis.call('HEXISTS', KEYS[2], 'moved:' .. attempt) == 1
  local isShared = buyer[i] == 'customer' or after(buyer[i], 'customer:') or after(buyer[i], 'offer:')
  if hasMoved or isShared then redis.call('HDEL', KEYS[2], buyer[i]) end
end
return 1
