-- Takes one of so many redemptions of an offer, once for an attempt.
--
-- KEYS[1] the attempts that have taken one: set
-- ARGV    attempt, how many there are
-- reply   1 taken, 0 none left

if redis.call('SISMEMBER', KEYS[1], ARGV[1]) == 1 then return 1 end
if redis.call('SCARD', KEYS[1]) >= tonumber(ARGV[2]) then return 0 end
return redis.call('SADD', KEYS[1], ARGV[1])
