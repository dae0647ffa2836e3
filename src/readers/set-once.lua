-- Writes a value that is written once only, and answers with the one that is there then.
--
-- KEYS[1] the value
-- ARGV    what it becomes where there is none
-- reply   the value

redis.call('SETNX', KEYS[1], ARGV[1])
return redis.call('GET', KEYS[1])
