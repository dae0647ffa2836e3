-- Adds a person, unless the e-mail address is taken.
--
-- KEYS[1] people: hash, id → JSON
-- KEYS[2] who is meant by an e-mail address or a subject: hash, name → id
-- ARGV    id, person, 1 if only as the first one, names …
-- reply   1 added, 0 refused

if ARGV[3] == '1' and redis.call('HLEN', KEYS[1]) > 0 then return 0 end
for i = 4, #ARGV do
  if redis.call('HEXISTS', KEYS[2], ARGV[i]) == 1 then return 0 end
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
for i = 4, #ARGV do redis.call('HSET', KEYS[2], ARGV[i], ARGV[1]) end
return 1
