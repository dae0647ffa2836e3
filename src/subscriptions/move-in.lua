-- The second step: what move-out.lua replied is added to the other reader's. Adding the same again changes nothing.
--
-- KEYS[1] the other reader's access, KEYS[2] the other buyer
-- ARGV    number of arguments about access, field and value of each, then field and value of the buyer's

local last = 1 + tonumber(ARGV[1])
for i = 2, last, 2 do
  local field, record = ARGV[i], ARGV[i + 1]
  if after(field, 'sub:') then
    local known = redis.call('HGET', KEYS[1], field)
    if not known or cjson.decode(known).ticket < cjson.decode(record).ticket then
      redis.call('HSET', KEYS[1], field, record)
    end
  end
end
choose(KEYS[1])

for i = last + 1, #ARGV, 2 do
  local field, value = ARGV[i], ARGV[i + 1]
  local attempt = after(field, 'attempt:')
  if attempt then
    redis.call('HDEL', KEYS[2], 'moved:' .. attempt)
    if redis.call('HGET', KEYS[2], field) ~= 'ended' then redis.call('HSET', KEYS[2], field, value) end
  elseif field == 'customer' then
    redis.call('HSETNX', KEYS[2], field, value)
  elseif after(field, 'customer:') or after(field, 'offer:') then
    redis.call('HSET', KEYS[2], field, value)
  end
end
return 1
