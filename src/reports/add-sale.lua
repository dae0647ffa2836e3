-- Counts one step of a sale, once however often it is told.
--
-- KEYS[1] the steps that have been counted, a set; KEYS[2] the day's counts, a hash
-- ARGV    the step of this sale, days until both expire (seconds), then a field and what to add to it, as often as needed
-- reply   1 if it was new, else 0

if redis.call('SADD', KEYS[1], ARGV[1]) == 0 then return 0 end
redis.call('EXPIRE', KEYS[1], ARGV[2])
for i = 3, #ARGV, 2 do redis.call('HINCRBY', KEYS[2], ARGV[i], ARGV[i + 1]) end
redis.call('EXPIRE', KEYS[2], ARGV[2])
return 1
