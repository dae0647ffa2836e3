-- The first step of letting one reader's purchases be another's: from now on whatever is written of an attempt that the
-- reader has had goes to the other. Nothing is deleted yet, so that a move that breaks off can be done again.
--
-- KEYS[1] the reader's access, KEYS[2] the buyer; as in choose-access.lua and buyer.redis.ts
-- ARGV    the other reader
-- reply   { all fields of the access, all fields of the buyer }

local buyer = redis.call('HGETALL', KEYS[2])
for i = 1, #buyer, 2 do
  local attempt = after(buyer[i], 'attempt:')
  if attempt then redis.call('HSET', KEYS[2], 'moved:' .. attempt, ARGV[1]) end
end
local access = redis.call('HGETALL', KEYS[1])
for i = 1, #access, 2 do
  if after(access[i], 'sub:') then
    redis.call('HSET', KEYS[2], 'moved:' .. cjson.decode(access[i + 1]).attempt, ARGV[1])
  end
end
return { access, buyer }
