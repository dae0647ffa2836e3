-- Adds visits to a day's record.
--
-- KEYS[1] the day's visits, a list; KEYS[2] the day's smallest share, a string
-- ARGV    the share of readers that was recorded, days until both expire (seconds), then the visits
-- reply   how many visits the day has now

local known = redis.call('GET', KEYS[2])
if not known or tonumber(ARGV[1]) < tonumber(known) then redis.call('SET', KEYS[2], ARGV[1]) end
for i = 3, #ARGV do redis.call('RPUSH', KEYS[1], ARGV[i]) end
redis.call('EXPIRE', KEYS[1], ARGV[2])
redis.call('EXPIRE', KEYS[2], ARGV[2])
return redis.call('LLEN', KEYS[1])
