-- Writes a person who still has that revision, unless nobody would be left who is an active admin.
--
-- KEYS[1] people: hash, id → JSON
-- KEYS[2] who is meant by an e-mail address or a subject: hash, name → id
-- ARGV    id, person, the revision they must have, 1 if they are an active admin then, names …
-- reply   'saved', 'changed', 'last_admin'

local before = redis.call('HGET', KEYS[1], ARGV[1])
if not before or cjson.decode(before).revision ~= tonumber(ARGV[3]) then return 'changed' end
if ARGV[4] == '0' then
  local admins = 0
  local people = redis.call('HGETALL', KEYS[1])
  for i = 1, #people, 2 do
    local person = cjson.decode(people[i + 1])
    if people[i] ~= ARGV[1] and person.role == 'admin' and person.status == 'active' then admins = admins + 1 end
  end
  if admins == 0 then return 'last_admin' end
end
for i = 5, #ARGV do
  local owner = redis.call('HGET', KEYS[2], ARGV[i])
  if owner and owner ~= ARGV[1] then return 'changed' end
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
for i = 5, #ARGV do redis.call('HSET', KEYS[2], ARGV[i], ARGV[1]) end
return 'saved'
