-- Ends a turn, unless its lease has run out and somebody else has it.
--
-- KEYS[1] the holder's name: string that expires with the lease
-- ARGV    holder

if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0
